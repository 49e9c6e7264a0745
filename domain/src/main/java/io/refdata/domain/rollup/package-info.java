/** Rollups: what the longer periods of the series of a dataset come to, kept beside its values. */
@NullMarked
package io.refdata.domain.rollup;

import org.jspecify.annotations.NullMarked;
