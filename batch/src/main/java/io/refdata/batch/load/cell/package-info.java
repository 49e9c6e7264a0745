/** Converts the text of a cell to a number, a time or a code. */
@NullMarked
package io.refdata.batch.load.cell;

import org.jspecify.annotations.NullMarked;
