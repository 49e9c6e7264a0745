package io.refdata.domain.feature;

import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.value.Code;
import java.util.List;

/**
 * A dataset that a feature set takes values from.
 *
 * @param id the topic of its revisions
 * @param predecessors the datasets that had its code before it, and were deleted
 */
public record FeatureDataset(
    int id,
    Code code,
    Frequency frequency,
    List<Dimension> dimensions,
    List<Predecessor> predecessors) {
  static final String INDICATORS = "indicators";

  /**
   * A deleted dataset.
   *
   * @param created the revision of the reference data in which it was created
   * @param deleted the one in which it was deleted
   */
  public record Predecessor(int created, int deleted) {}

  /** True if another dataset had its code at a revision of the reference data. */
  public boolean hadPredecessor(int revision) {
    return predecessors.stream()
        .anyMatch(each -> each.created() <= revision && revision < each.deleted());
  }

  /** The position of a dimension; -1 if there is none of that code. */
  int position(Code dimension) {
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i).code().equals(dimension)) {
        return i;
      }
    }
    return -1;
  }

  /** The position of the first dimension with these values; -1 if there is none. */
  int positionOf(String values) {
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i).values().equals(values)) {
        return i;
      }
    }
    return -1;
  }
}
