package io.refdata.domain.derivation;

import io.refdata.domain.dataset.Frequency;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which periods of a frequency make up the periods of a longer one. A period belongs to the longer
 * one in which it starts, by the calendar of a time zone. A week belongs to the month, quarter,
 * half or year that its Thursday lies in: so ISO 8601 numbers the weeks of years, and each has most
 * of its days there.
 *
 * @param source the frequency of the observations
 * @param target that of the results, not shorter
 * @param zone the time zone whose days count, for hours and minutes; else UTC
 */
public record Resampling(Frequency source, Frequency target, ZoneId zone) {
  private static final Set<Frequency> WITHIN_DAYS = EnumSet.of(Frequency.H, Frequency.N);
  private static final int WEEK = 7;

  /** From the Monday to the Thursday of a week, in days. */
  private static final int TO_THURSDAY = 3;

  /**
   * @throws IllegalArgumentException if the target is a shorter period than the source, or the zone
   *     means nothing; the message says so
   */
  public Resampling {
    if (target.compareTo(source) > 0) {
      throw new IllegalArgumentException(
          "must not be finer than the observations, which are " + source.adjective());
    }
    if (!zone.equals(ZoneOffset.UTC) && !WITHIN_DAYS.contains(source)) {
      throw new IllegalArgumentException(
          "is for hourly and minutely observations only; these are " + source.adjective());
    }
  }

  /** The number of the longer period that a period belongs to. */
  public long target(Instant start) {
    return target == source ? target.number(start) : target.number(utc(day(start)));
  }

  private LocalDate day(Instant start) {
    LocalDate day = LocalDate.ofInstant(start, zone);
    return source == Frequency.W ? day.plusDays(TO_THURSDAY) : day;
  }

  /** The number of periods that belong to the longer one of a number. */
  public long due(long number) {
    if (target == source) {
      return 1;
    }
    LocalDate first = LocalDate.ofInstant(target.startOf(number), ZoneOffset.UTC);
    LocalDate next = LocalDate.ofInstant(target.startOf(number + 1), ZoneOffset.UTC);
    if (source == Frequency.W) {
      return thursdaysBefore(next) - thursdaysBefore(first);
    }
    return from(next.atStartOfDay(zone).toInstant()) - from(first.atStartOfDay(zone).toInstant());
  }

  /** The Thursdays from 1970-01-01 on, which was one. */
  private static long thursdaysBefore(LocalDate day) {
    return -Math.floorDiv(-day.toEpochDay(), WEEK);
  }

  /** The number of the first period that starts at an instant or later. */
  private long from(Instant instant) {
    long number = source.number(instant);
    return source.startOf(number).isBefore(instant) ? number + 1 : number;
  }

  /** The instant from which on periods belong to the longer one of a number. */
  public Instant earliest(long number) {
    Instant start = target.startOf(number);
    if (target == source) {
      return start;
    }
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return source == Frequency.W
        ? utc(day.with(TemporalAdjusters.nextOrSame(DayOfWeek.THURSDAY)).minusDays(TO_THURSDAY))
        : day.atStartOfDay(zone).toInstant();
  }

  /** The instant before which all periods start that belong to the longer one of a number. */
  public Instant after(long number) {
    return earliest(number + 1);
  }

  private static Instant utc(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
