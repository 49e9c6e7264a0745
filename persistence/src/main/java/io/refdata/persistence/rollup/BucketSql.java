package io.refdata.persistence.rollup;

import io.refdata.domain.dataset.Frequency;
import io.refdata.persistence.sql.SqlText;

/** SQL that cuts time into the periods of a frequency, in UTC: as {@link Frequency} does. */
final class BucketSql {
  private BucketSql() {}

  /** The start of the period that holds an instant. */
  static String startOf(Frequency frequency, String instant) {
    if (frequency == Frequency.S) {
      return SqlText.of(
              "case when extract(month from <at> at time zone 'UTC') > 6"
                  + " then date_add(date_trunc('year', <at>, 'UTC'), interval '6 months', 'UTC')"
                  + " else date_trunc('year', <at>, 'UTC') end")
          .with("at", instant)
          .text();
    }
    return "date_trunc('%s', %s, 'UTC')".formatted(unit(frequency), instant);
  }

  /** The start of the next period after the one that starts at an instant. */
  static String next(Frequency frequency, String start) {
    return "date_add(%s, %s, 'UTC')".formatted(start, length(frequency));
  }

  /** The length of a period, as an interval. */
  static String length(Frequency frequency) {
    return switch (frequency) {
      case S -> "interval '6 months'";
      case Q -> "interval '3 months'";
      default -> "interval '1 " + unit(frequency) + "'";
    };
  }

  private static String unit(Frequency frequency) {
    return switch (frequency) {
      case A, S -> "year";
      case Q -> "quarter";
      case M -> "month";
      case W -> "week";
      case D -> "day";
      case H -> "hour";
      case N -> "minute";
    };
  }
}
