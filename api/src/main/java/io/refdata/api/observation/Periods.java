package io.refdata.api.observation;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a frequency writes its periods, remembered: series and answers share the same ones. */
final class Periods {
  private static final int MOST_REMEMBERED = 20_000;

  private static final Map<Frequency, Periods> ALL =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Arrays.stream(Frequency.values())
                  .collect(Collectors.toMap(Function.identity(), Periods::new))));

  private final Frequency frequency;
  private final Map<Instant, String> written = new ConcurrentHashMap<>();

  private Periods(Frequency frequency) {
    this.frequency = frequency;
  }

  static Periods of(Frequency frequency) {
    return Objects.requireNonNull(ALL.get(frequency));
  }

  /** The period that starts at an instant. */
  String format(Instant start) {
    String known = written.get(start);
    if (known != null) {
      return known;
    }
    if (written.size() >= MOST_REMEMBERED) {
      written.clear();
    }
    String text = frequency.format(start);
    written.put(start, text);
    return text;
  }
}
