/** Tests of the package of the same name. */
@NullMarked
package io.refdata.batch.load.cell;

import org.jspecify.annotations.NullMarked;
