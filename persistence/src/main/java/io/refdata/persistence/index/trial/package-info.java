/** Applies a recommendation as a trial, measures it, and adopts or undoes it. */
@NullMarked
package io.refdata.persistence.index.trial;

import org.jspecify.annotations.NullMarked;
