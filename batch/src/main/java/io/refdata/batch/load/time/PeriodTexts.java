package io.refdata.batch.load.time;

import io.refdata.domain.dataset.Frequency;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads periods in the forms in which publishers write them, besides those of {@link Frequency}:
 * {@code 2020Q1}, {@code 2020M01}, {@code 2020S1}, {@code 2020W01}, {@code 202001} (a month),
 * {@code 2020-W01-1} (a day), {@code 2020-01-01 00:00:00}; letters of any case.
 */
final class PeriodTexts {
  private static final Pattern LETTER = Pattern.compile("(\\d{4})-?([QSMWqsmw])(\\d{1,2})");
  private static final Pattern YEAR_MONTH = Pattern.compile("(\\d{4})(\\d{2})");
  private static final Pattern DAY_OF_WEEK = Pattern.compile("(\\d{4})-?[Ww](\\d{2})-?([1-7])");
  private static final Pattern MIDNIGHT =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ Tt]00:00(?::00(?:\\.0{1,9})?)?");

  private static final Pattern LOCAL =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ Tt](\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)");

  private PeriodTexts() {}

  /**
   * The local time that a text names: {@code 2020-01-01 10:05}, {@code 20200101T1005}; empty if it
   * names none.
   */
  static Optional<LocalDateTime> local(String text) {
    Matcher matcher = LOCAL.matcher(text);
    try {
      return matcher.matches()
          ? Optional.of(
              LocalDateTime.of(
                  LocalDate.parse(matcher.group(1)),
                  LocalTime.parse(matcher.group(2).replace(',', '.'))))
          : isoLocal(text);
    } catch (DateTimeException e) {
      return isoLocal(text);
    }
  }

  private static Optional<LocalDateTime> isoLocal(String text) {
    return Frequency.startOf(text.replace(' ', 'T') + "Z")
        .map(start -> LocalDateTime.ofInstant(start, ZoneOffset.UTC));
  }

  /** Texts that name a period of a frequency. */
  static String examples(Frequency frequency) {
    return switch (frequency) {
      case A -> "2020 or 2020-01-01";
      case S -> "2020-S1, 2020S1 or 2020-06-30";
      case Q -> "2020-Q1, 2020Q1 or 2020-03-31";
      case M -> "2020-01, 2020M01, 202001 or 2020-01-31";
      case W -> "2020-W01, 2020W01 or its Monday, 2019-12-30";
      case D -> "2020-01-31, 20200131 or 2020-031";
      case H, N -> "2020-01-31T10:00:00Z (a local time needs a zone in the layout)";
    };
  }

  /**
   * The text as {@link Frequency} writes it; a text in no such form stays as it is. A day with the
   * time 0:00 is the day; another time needs a zone.
   */
  static String canonical(String text) {
    Matcher matcher;
    if ((matcher = LETTER.matcher(text)).matches()) {
      String letter = matcher.group(2).toUpperCase(Locale.ROOT);
      return period(matcher.group(1), letter, matcher.group(3));
    } else if ((matcher = YEAR_MONTH.matcher(text)).matches()) {
      return matcher.group(1) + "-" + matcher.group(2);
    } else if ((matcher = DAY_OF_WEEK.matcher(text)).matches()) {
      int day = Integer.parseInt(matcher.group(3));
      return Frequency.startOf(matcher.group(1) + "-W" + matcher.group(2))
          .map(monday -> LocalDate.ofInstant(monday, ZoneOffset.UTC).plusDays(day - 1).toString())
          .orElse(text);
    } else if ((matcher = MIDNIGHT.matcher(text)).matches()) {
      return matcher.group(1);
    }
    return text;
  }

  private static String period(String year, String letter, String number) {
    String twoDigits = number.length() == 1 ? "0" + number : number;
    return switch (letter) {
      case "M" -> year + "-" + twoDigits;
      case "W" -> year + "-W" + twoDigits;
      default -> year + "-" + letter + number;
    };
  }
}
