/** Judges the quality of loads and their datasets, and keeps the anomalies. */
@NullMarked
package io.refdata.persistence.quality;

import org.jspecify.annotations.NullMarked;
