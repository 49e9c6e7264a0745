/**
 * Series of several datasets side by side: sources compared with one another, forecasts with what
 * came.
 */
@NullMarked
package io.refdata.api.comparison;

import org.jspecify.annotations.NullMarked;
