/**
 * Calculations and feature sets whose results are stored: their definitions, their queue, their
 * runs.
 */
@NullMarked
package io.refdata.persistence.signal;

import org.jspecify.annotations.NullMarked;
