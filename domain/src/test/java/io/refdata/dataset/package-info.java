/** Periods and frequencies. */
@NullMarked
package io.refdata.dataset;

import org.jspecify.annotations.NullMarked;
