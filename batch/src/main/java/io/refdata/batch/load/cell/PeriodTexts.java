package io.refdata.batch.load.cell;

import io.refdata.domain.dataset.Frequency;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
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

  private PeriodTexts() {}

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
