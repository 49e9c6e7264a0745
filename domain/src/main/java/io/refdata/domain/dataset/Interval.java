package io.refdata.domain.dataset;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** The time span of one partition of a dataset, in UTC. */
public enum Interval {
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR,
  DECADE,
  CENTURY;

  /** The start of the partition that holds an instant; the same as PostgreSQL's date_trunc. */
  public Instant floor(Instant instant) {
    LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
    int year = day.getYear();
    return utc(
        switch (this) {
          case DAY -> day;
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
          case QUARTER -> LocalDate.of(year, (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
          case YEAR -> LocalDate.of(year, 1, 1);
          // The first decade begins with year 1, since there is no year 0.
          case DECADE -> LocalDate.of(Math.max(1, Math.floorDiv(year, 10) * 10), 1, 1);
          // The twentieth century is 1901 to 2000.
          case CENTURY -> LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1);
        });
  }

  /** The start of the partition after the one that starts at an instant. */
  public Instant next(Instant start) {
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return utc(
        switch (this) {
          case DAY -> day.plusDays(1);
          case WEEK -> day.plusWeeks(1);
          case MONTH -> day.plusMonths(1);
          case QUARTER -> day.plusMonths(3);
          case YEAR -> day.plusYears(1);
          case DECADE -> LocalDate.of(Math.floorDiv(day.getYear(), 10) * 10 + 10, 1, 1);
          case CENTURY -> day.plusYears(100);
        });
  }

  private static Instant utc(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
