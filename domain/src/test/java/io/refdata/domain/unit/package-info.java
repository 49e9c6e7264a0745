/** Tests of what units measure, and of conversions between them. */
@NullMarked
package io.refdata.domain.unit;

import org.jspecify.annotations.NullMarked;
