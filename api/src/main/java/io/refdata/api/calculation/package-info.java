/**
 * Calculations: functions of the bars of a series on several frequencies at once, and how long they
 * take.
 */
@NullMarked
package io.refdata.api.calculation;

import org.jspecify.annotations.NullMarked;
