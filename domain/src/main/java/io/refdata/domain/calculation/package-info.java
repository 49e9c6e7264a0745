/**
 * The calculations of traders and analysts on the bars of a series: averages, ranges, crossings.
 */
@NullMarked
package io.refdata.domain.calculation;

import org.jspecify.annotations.NullMarked;
