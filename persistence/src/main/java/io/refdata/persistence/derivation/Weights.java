package io.refdata.persistence.derivation;

import io.refdata.domain.derivation.UnansweredQuestion;
import java.util.HashMap;
import java.util.Map;

/** The weights of the members of a region in a mean, by period: their values in another dataset. */
final class Weights {
  private final Map<String, HeldColumn> regions = new HashMap<>();

  /**
   * @param columns the observations of the other dataset
   * @param position that of the region among its dimensions
   * @throws UnansweredQuestion if a region has several series
   */
  Weights(HeldColumns columns, int position) {
    for (HeldColumn column : columns.all()) {
      String region = column.series().dimensions().get(position);
      HeldColumn other = regions.put(region, column);
      if (other != null) {
        throw new UnansweredQuestion(
            "weight",
            "means several series of %s: %s and %s; name one by a pattern of keys behind a colon"
                .formatted(region, other.series().key(), column.series().key()));
      }
    }
  }

  /** The weight of a region in the period that starts at a time; {@code NaN} if it has none. */
  double of(String region, long micros) {
    HeldColumn column = regions.get(region);
    int at = column == null ? -1 : column.at(micros);
    return column == null || at < 0 ? Double.NaN : column.value(at);
  }
}
