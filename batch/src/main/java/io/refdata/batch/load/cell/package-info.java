/** How the text of a cell becomes a number, a time or a code. */
@NullMarked
package io.refdata.batch.load.cell;

import org.jspecify.annotations.NullMarked;
