package io.refdata.domain.feature;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A part of a date, with the names and numbers of pandas: Monday is 0, January is 1. */
public enum CalendarPart {
  YEAR,
  QUARTER,
  MONTH,
  /** The week of ISO 8601. */
  WEEK,
  DAY,
  DAYOFWEEK,
  DAYOFYEAR,
  HOUR;

  /** The names of all. */
  public static final List<String> NAMES =
      Arrays.stream(values()).map(CalendarPart::toString).toList();

  /** The part of that name. */
  public static Optional<CalendarPart> named(String name) {
    return Arrays.stream(values()).filter(part -> part.toString().equals(name)).findFirst();
  }

  /** The part of an instant in UTC. */
  public int of(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return switch (this) {
      case YEAR -> time.getYear();
      case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> time.getMonthValue();
      case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY -> time.getDayOfMonth();
      case DAYOFWEEK -> time.getDayOfWeek().getValue() - 1;
      case DAYOFYEAR -> time.getDayOfYear();
      case HOUR -> time.getHour();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
