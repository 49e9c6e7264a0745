package io.refdata.domain.rollup;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.item.value.Code;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A rollup of a dataset, kept beside its observations: a {@link Bucket} for each series and each
 * period of a longer frequency, in UTC, in which the series has an observation. Every writer of
 * observations works out the buckets that it touches anew. It ends with its dataset, or when it is
 * deleted.
 *
 * @param id its surrogate key
 * @param version counts its definitions, from 0
 * @param source the frequency of the observations
 * @param frequency that of the buckets
 * @param aggregation the rule that it is kept for; null for that of each indicator. A bucket has
 *     what all rules need
 * @param since the revision of the dataset from which on its past states are kept
 * @param regions the regions that it keeps instead of the series in the data; null if it keeps
 *     these
 */
public record Rollup(
    int id,
    Code name,
    int version,
    Frequency source,
    Frequency frequency,
    @Nullable Aggregation aggregation,
    int since,
    @Nullable RolledRegions regions) {

  /** Which periods make up a bucket. */
  public Resampling resampling() {
    return new Resampling(source, frequency, ZoneOffset.UTC);
  }

  /**
   * True if it keeps buckets. By the frequency of the observations there is nothing to keep of
   * regions: what their members say in a period is one observation each.
   */
  public boolean keepsBuckets() {
    return frequency != source;
  }

  /** True if it has the state as of a revision of the dataset; null is the current one. */
  public boolean knows(@Nullable Integer asOf) {
    return asOf == null || asOf >= since;
  }

  /**
   * True if buckets of a frequency can be kept of observations: it is longer, at least a day as all
   * longer periods that are asked for, and its periods consist of whole ones. Weeks lie across the
   * ends of months.
   */
  public static boolean isPossible(Frequency source, Frequency frequency) {
    return frequency.compareTo(source) < 0
        && frequency.compareTo(Frequency.D) <= 0
        && source != Frequency.W;
  }
}
