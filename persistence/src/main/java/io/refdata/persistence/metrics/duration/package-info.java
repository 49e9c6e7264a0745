/** Counts how long things took, in buckets. */
@NullMarked
package io.refdata.persistence.metrics.duration;

import org.jspecify.annotations.NullMarked;
