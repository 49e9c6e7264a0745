package io.refdata.domain.place;

import io.refdata.domain.item.value.YearOrDay;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When a facility is in operation: from the day on which it is commissioned to the one on which it
 * is retired. Where only the year is known, the whole year counts.
 *
 * @param commissioned null if it always was
 * @param retired null if it still is not
 */
public record Operation(@Nullable YearOrDay commissioned, @Nullable YearOrDay retired) {
  /** Whether a day is in it. */
  public boolean holds(LocalDate day) {
    return (commissioned == null || !commissioned.day().isAfter(day))
        && (retired == null || !lastDay(retired).isBefore(day));
  }

  private static LocalDate lastDay(YearOrDay retired) {
    return retired.isYear() ? retired.day().plusYears(1).minusDays(1) : retired.day();
  }
}
