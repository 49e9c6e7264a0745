/** Units of measure. */
@NullMarked
package io.refdata.unit;

import org.jspecify.annotations.NullMarked;
