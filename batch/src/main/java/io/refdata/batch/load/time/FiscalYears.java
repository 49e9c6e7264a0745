package io.refdata.batch.load.time;

import io.refdata.domain.dataset.Frequency;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads periods of years that begin in another month than January. Years keep their name; halves,
 * quarters and months are those of the calendar in which they begin.
 */
final class FiscalYears {
  private static final Pattern PERIOD =
      Pattern.compile(
          "(?:FY ?)?(\\d{4})(?:[/-](\\d{4}|\\d{2}))?(?:[ -]?([SQMH])(\\d{1,2}))?",
          Pattern.CASE_INSENSITIVE);

  private static final int MONTHS = 12;

  private final Frequency frequency;
  private final int monthsAfterJanuary;

  /**
   * @param begin the month in which a year begins, {@code 04}; with a minus sign, the month of the
   *     year before
   */
  FiscalYears(Frequency frequency, String begin) {
    this.frequency = frequency;
    int month = Integer.parseInt(begin);
    this.monthsAfterJanuary = month > 0 ? month - 1 : -month - 1 - MONTHS;
  }

  /** The start of the period that a text names; empty if it names none of the frequency. */
  Optional<Instant> startOf(String text) {
    Matcher matcher = PERIOD.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(matcher.group(1));
    String letter = matcher.group(3) == null ? "A" : matcher.group(3).toUpperCase(Locale.ROOT);
    int number = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
    int months = monthsOf(letter);
    if (!follows(matcher.group(2), year) || months == 0 || number < 1 || number > MONTHS / months) {
      return Optional.empty();
    }
    try {
      LocalDate january = LocalDate.of(year, 1, 1);
      LocalDate start =
          months == MONTHS
              ? january
              : january.plusMonths(monthsAfterJanuary + (long) (number - 1) * months);
      return Optional.of(start.atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the second year of {@code 2019/20} is the one after the first, if there is one. */
  private boolean follows(@Nullable String second, int first) {
    // A year that begins in the year before is not named by two.
    return second == null
        || monthsAfterJanuary >= 0
            && Integer.parseInt(second) == (second.length() == 2 ? (first + 1) % 100 : first + 1);
  }

  /** The months of a period with that letter; 0 if the frequency has other periods. */
  private int monthsOf(String letter) {
    return switch (frequency) {
      case A -> letter.equals("A") ? MONTHS : 0;
      case S -> letter.equals("S") || letter.equals("H") ? 6 : 0;
      case Q -> letter.equals("Q") ? 3 : 0;
      case M -> letter.equals("M") ? 1 : 0;
      default -> 0;
    };
  }
}
