/** Units and their dimensions, and the conversion of values from one to another, by UCUM. */
@NullMarked
package io.refdata.domain.unit;

import org.jspecify.annotations.NullMarked;
