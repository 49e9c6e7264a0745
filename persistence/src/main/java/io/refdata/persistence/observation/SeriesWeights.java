package io.refdata.persistence.observation;

import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import java.util.Collection;
import java.util.List;

/**
 * About how many bytes of memory questions and their answers take: never much less than they do.
 */
final class SeriesWeights {
  /** Of an object with some members, its place in a list included. */
  private static final int OBJECT = 48;

  private SeriesWeights() {}

  /** Of a selection of series, as a client asked for it. */
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

  /** Of series, and of the places that they rest on. */
  static long of(Collection<Series> series, int[] places) {
    long weight = OBJECT + (long) Integer.BYTES * places.length;
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
