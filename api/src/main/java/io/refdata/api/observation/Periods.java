package io.refdata.api.observation;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Formats the starts of periods of a frequency, and keeps the texts for all series and responses:
 * each at one place, where the next text that belongs there replaces it. Threads may miss each
 * other's texts, but never see another's than that of the start they ask for.
 */
public final class Periods {
  /** Texts of 45 years of days. */
  private static final int PLACES_BITS = 14;

  /** 2^64 divided by the golden ratio: starts at equal distances get places far from each other. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final Map<Frequency, Periods> ALL =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Arrays.stream(Frequency.values())
                  .collect(Collectors.toMap(Function.identity(), Periods::new))));

  private final Frequency frequency;
  private final @Nullable Formatted[] kept = new Formatted[1 << PLACES_BITS];

  private record Formatted(long micros, String text) {}

  private Periods(Frequency frequency) {
    this.frequency = frequency;
  }

  /** Those of a frequency. */
  public static Periods of(Frequency frequency) {
    return Objects.requireNonNull(ALL.get(frequency));
  }

  /**
   * The period that starts at an instant.
   *
   * @param micros the microseconds since 1970
   */
  public String format(long micros) {
    int place = (int) (micros * SPREAD >>> Long.SIZE - PLACES_BITS);
    Formatted found = kept[place];
    if (found == null || found.micros() != micros) {
      Instant start = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      found = new Formatted(micros, frequency.format(start));
      kept[place] = found;
    }
    return found.text();
  }
}
