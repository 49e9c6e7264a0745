/** Reference items in the database: the terms that reads and writes share. */
@NullMarked
package io.refdata.persistence.item;

import org.jspecify.annotations.NullMarked;
