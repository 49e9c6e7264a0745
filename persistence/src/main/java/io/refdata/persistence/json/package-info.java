/** Reads JSON documents from clients, member by member, and collects all faults. */
@NullMarked
package io.refdata.persistence.json;

import org.jspecify.annotations.NullMarked;
