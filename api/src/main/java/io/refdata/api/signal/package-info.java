/**
 * Signals: calculations and feature sets whose results are stored as a dataset, anew after each
 * change.
 */
@NullMarked
package io.refdata.api.signal;

import org.jspecify.annotations.NullMarked;
