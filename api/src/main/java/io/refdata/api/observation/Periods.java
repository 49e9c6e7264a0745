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

/**
 * Formats the starts of periods of a frequency, and caches the texts for all series and responses.
 */
final class Periods {
  private static final int MAX_CACHED = 20_000;

  private static final Map<Frequency, Periods> ALL =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Arrays.stream(Frequency.values())
                  .collect(Collectors.toMap(Function.identity(), Periods::new))));

  private final Frequency frequency;
  private final Map<Instant, String> cached = new ConcurrentHashMap<>();

  private Periods(Frequency frequency) {
    this.frequency = frequency;
  }

  static Periods of(Frequency frequency) {
    return Objects.requireNonNull(ALL.get(frequency));
  }

  /** The period that starts at an instant. */
  String format(Instant start) {
    String cachedText = cached.get(start);
    if (cachedText != null) {
      return cachedText;
    }
    if (cached.size() >= MAX_CACHED) {
      cached.clear();
    }
    String text = frequency.format(start);
    cached.put(start, text);
    return text;
  }
}
