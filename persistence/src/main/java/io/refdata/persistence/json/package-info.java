/** JSON documents as clients send them, read member by member, every fault kept. */
@NullMarked
package io.refdata.persistence.json;

import org.jspecify.annotations.NullMarked;
