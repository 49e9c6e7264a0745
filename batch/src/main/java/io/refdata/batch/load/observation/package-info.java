/** Loads of observations: several threads parse blocks and stage their rows in order. */
@NullMarked
package io.refdata.batch.load.observation;

import org.jspecify.annotations.NullMarked;
