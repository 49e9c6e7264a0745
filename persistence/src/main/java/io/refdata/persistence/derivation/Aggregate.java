package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.persistence.dataset.SeriesSelection;
import org.jspecify.annotations.Nullable;

/**
 * The way in which the series of regions are worked out from those of their members.
 *
 * @param position that of the dimension whose codes are the regions
 * @param rule what is made of the values; null for what the indicator says, or the sum
 * @param minCoverage the least coverage of a result that longer periods are not made of; 0 for any
 * @param weight what the members weigh in a mean; null if all weigh the same
 */
public record Aggregate(
    int position, @Nullable Aggregation rule, double minCoverage, @Nullable Weight weight) {

  /**
   * Another dataset of the same frequency, whose values are the weights.
   *
   * @param selection its series, one for each region, with the parts of the same regions
   * @param position that of the region among its dimensions
   */
  public record Weight(Dataset dataset, SeriesSelection selection, int position) {}

  /** Whether the values have a weight, so that their mean is what is asked for. */
  boolean isWeighted() {
    return weight != null;
  }
}
