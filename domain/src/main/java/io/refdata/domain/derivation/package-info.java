/**
 * Values that are worked out from the observations of a series: changes, indices, longer periods.
 */
@NullMarked
package io.refdata.domain.derivation;

import org.jspecify.annotations.NullMarked;
