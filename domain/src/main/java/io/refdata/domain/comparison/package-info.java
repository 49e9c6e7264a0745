/**
 * How far series that tell of the same are from each other: sources from a source, forecasts from
 * what came.
 */
@NullMarked
package io.refdata.domain.comparison;

import org.jspecify.annotations.NullMarked;
