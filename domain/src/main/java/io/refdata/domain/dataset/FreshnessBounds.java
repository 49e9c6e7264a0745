package io.refdata.domain.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ages of a dataset's data from which on it is late. They are those of its definition; if that
 * has none, they follow from its frequency.
 *
 * @param warn the age from which it is {@code WARN}, as an ISO 8601 duration; null means never
 * @param stale the age from which it is {@code STALE}, as an ISO 8601 duration; null means never
 */
public record FreshnessBounds(@Nullable String warn, @Nullable String stale, Source source) {

  /** Where the bounds come from. */
  public enum Source {
    DATASET,
    FREQUENCY
  }

  /** The bounds of a dataset. */
  public static FreshnessBounds of(Freshness declared, Frequency frequency) {
    return declared.warnAfter() == null && declared.failAfter() == null
        ? ofFrequency(frequency)
        : new FreshnessBounds(declared.warnAfter(), declared.failAfter(), Source.DATASET);
  }

  /** A little over one period, and over two: publishers are not punctual, and weeks have ends. */
  private static FreshnessBounds ofFrequency(Frequency frequency) {
    return switch (frequency) {
      case A -> byFrequency("P400D", "P800D");
      case S -> byFrequency("P200D", "P400D");
      case Q -> byFrequency("P100D", "P200D");
      case M -> byFrequency("P40D", "P80D");
      case W -> byFrequency("P10D", "P20D");
      case D -> byFrequency("P4D", "P8D");
      case H -> byFrequency("PT3H", "PT12H");
      case N -> byFrequency("PT10M", "PT1H");
    };
  }

  private static FreshnessBounds byFrequency(String warn, String stale) {
    return new FreshnessBounds(warn, stale, Source.FREQUENCY);
  }

  /**
   * The state of a dataset.
   *
   * @param updated the instant from which its age counts; null is older than any bound
   */
  public FreshnessState state(@Nullable Instant updated, Instant now) {
    if (isOver(stale, updated, now)) {
      return FreshnessState.STALE;
    }
    return isOver(warn, updated, now) ? FreshnessState.WARN : FreshnessState.FRESH;
  }

  private static boolean isOver(@Nullable String bound, @Nullable Instant updated, Instant now) {
    return bound != null && (updated == null || !updated.isAfter(Partitioning.before(now, bound)));
  }
}
