/**
 * Feature sets: what a model is trained with, and asked with later, worked out of observations as
 * each of some instants knew them.
 */
@NullMarked
package io.refdata.domain.feature;

import org.jspecify.annotations.NullMarked;
