/**
 * The differences between series that tell of the same: of sources from a source, of forecasts from
 * the actual values.
 */
@NullMarked
package io.refdata.domain.comparison;

import org.jspecify.annotations.NullMarked;
