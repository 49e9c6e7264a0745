package io.refdata.persistence.feature;

import io.refdata.domain.feature.FeatureCutoff;
import io.refdata.domain.feature.FeatureRows;
import java.util.List;

/**
 * The data that the rows of an answer are worked out of, held in memory.
 *
 * @param cutoffs rising
 * @param rows works out those of each cutoff
 * @param changesWithTime whether the same question may have another answer later though nothing was
 *     written: a cutoff that is named lies in the future
 */
public record FeatureData(List<FeatureCutoff> cutoffs, FeatureRows rows, boolean changesWithTime) {}
