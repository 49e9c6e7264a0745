/** What traders and analysts work out from the bars of a series: averages, ranges, crossings. */
@NullMarked
package io.refdata.domain.calculation;

import org.jspecify.annotations.NullMarked;
