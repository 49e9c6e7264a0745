package io.refdata.persistence.observation;

import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import java.util.Collection;
import java.util.List;

/**
 * Estimates the bytes of memory that selections and their series take: never much less than they
 * really take.
 */
final class SeriesWeights {
  /** The bytes of an object with some members, and of its reference in a list. */
  private static final int OBJECT = 48;

  private SeriesWeights() {}

  /** The bytes of a selection of series. */
  static long of(SeriesSelection selection) {
    long weight = OBJECT;
    for (List<List<Code>> key : selection.keys()) {
      weight += OBJECT;
      for (List<Code> codes : key) {
        weight += OBJECT + of(codes);
      }
    }
    for (SeriesSelection.Filter filter : selection.filters()) {
      weight += OBJECT + of(filter.codes());
    }
    return weight;
  }

  /** The bytes of series and of the buckets of their dependencies. */
  static long of(Collection<Series> series, int[] buckets) {
    long weight = OBJECT + (long) Integer.BYTES * buckets.length;
    for (Series one : series) {
      weight += 4 * OBJECT + text(one.key());
      for (String code : one.dimensions()) {
        weight += text(code);
      }
      weight += one.unit() == null ? 0 : text(one.unit());
    }
    return weight;
  }

  private static long of(List<Code> codes) {
    long weight = 0;
    for (Code code : codes) {
      weight += OBJECT / 2 + text(code.value());
    }
    return weight;
  }

  private static long text(String text) {
    return OBJECT + 2L * text.length();
  }
}
