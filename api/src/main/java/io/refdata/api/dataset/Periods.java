package io.refdata.api.dataset;

import io.refdata.dataset.Frequency;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How a frequency writes its periods, remembered: many series share the same ones. */
final class Periods {
  private static final int MOST_REMEMBERED = 10_000;

  private final Frequency frequency;
  private final Map<Instant, String> written = new HashMap<>();

  Periods(Frequency frequency) {
    this.frequency = frequency;
  }

  /** The period that starts at an instant. */
  String format(Instant start) {
    String known = written.get(start);
    if (known != null) {
      return known;
    }
    if (written.size() == MOST_REMEMBERED) {
      written.clear();
    }
    String text = frequency.format(start);
    written.put(start, text);
    return text;
  }
}
