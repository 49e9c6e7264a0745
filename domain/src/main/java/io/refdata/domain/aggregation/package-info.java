/**
 * What a group, or a larger region, comes to: who belongs to it in a period, and their values as
 * one.
 */
@NullMarked
package io.refdata.domain.aggregation;

import org.jspecify.annotations.NullMarked;
