package io.refdata.domain.derivation;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * The period a year before another. Of weeks it is the one 52 weeks before. Of days, hours and
 * minutes it is at the same date a year before; 29 February has none. In UTC.
 */
final class YearAgo {
  private static final int WEEKS = 52;
  private static final int MOST_DAYS = 366;
  private static final int HOURS = 24;
  private static final int MINUTES = 1_440;

  private YearAgo() {}

  /** The number of the period a year before the one of a number, if there is one. */
  static OptionalLong of(Frequency frequency, long number) {
    return switch (frequency) {
      case A, S, Q, M, W -> OptionalLong.of(number - perYear(frequency));
      case D, H, N -> sameDate(frequency, number);
    };
  }

  private static OptionalLong sameDate(Frequency frequency, long number) {
    Instant start = frequency.startOf(number);
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    LocalDate before = day.minusYears(1);
    return before.getDayOfMonth() == day.getDayOfMonth()
        ? OptionalLong.of(
            frequency.number(start.minus(ChronoUnit.DAYS.between(before, day), ChronoUnit.DAYS)))
        : OptionalLong.empty();
  }

  /** The most periods between a period and the one a year before. */
  static long atMost(Frequency frequency) {
    return switch (frequency) {
      case A, S, Q, M, W -> perYear(frequency);
      case D -> MOST_DAYS;
      case H -> (long) MOST_DAYS * HOURS;
      case N -> (long) MOST_DAYS * MINUTES;
    };
  }

  /**
   * The number of periods that a year has, as annual rates count them. Of days these are 260, as
   * FRED has it: no values on weekends.
   */
  static int perYear(Frequency frequency) {
    return switch (frequency) {
      case A -> 1;
      case S -> 2;
      case Q -> 4;
      case M -> 12;
      case W -> WEEKS;
      case D -> 260;
      case H -> 365 * HOURS;
      case N -> 365 * MINUTES;
    };
  }
}
