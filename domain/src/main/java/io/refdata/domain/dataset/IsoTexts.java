package io.refdata.domain.dataset;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of ISO 8601 besides those in which {@link Frequency} writes: {@code 20200229}, {@code
 * 2020-060}, {@code 2020W09}, {@code 2020-W09-6}, {@code 20200301T0800Z}, {@code
 * 2020-03-01T24:00Z}. A text has hyphens and colons, or it has none.
 */
final class IsoTexts {
  private static final Pattern BASIC_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
  private static final Pattern ORDINAL_DAY = Pattern.compile("(\\d{4})-(\\d{3})");
  private static final Pattern BASIC_WEEK = Pattern.compile("(\\d{4})W(\\d{2})");
  private static final Pattern WEEK_DAY = Pattern.compile("(\\d{4})(-?)W(\\d{2})\\2([1-7])");
  private static final Pattern BASIC_TIME =
      Pattern.compile("(\\d{2})(\\d{2})(?:(\\d{2}(?:[.,]\\d{1,9})?))?(?:Z|([+-]\\d{2})(\\d{2})?)");
  private static final Pattern END_OF_DAY =
      Pattern.compile("24:00(?::00(?:\\.0{1,9})?)?(Z|[+-].{1,8})");

  private IsoTexts() {}

  /**
   * A text in one of these forms as {@link Frequency} reads it; any other stays as it is.
   *
   * @throws DateTimeException if there is no such day
   */
  static String usual(String text) {
    int end = text.indexOf('T');
    if (end < 0) {
      return usualDay(text);
    }
    String day = text.substring(0, end);
    Matcher basic = BASIC_TIME.matcher(text.substring(end + 1));
    boolean hasHyphens = day.indexOf('-') >= 0;
    if (basic.matches() == hasHyphens) {
      return text;
    }
    String time = hasHyphens ? text.substring(end + 1) : usualTime(basic);
    Matcher endOfDay = END_OF_DAY.matcher(time);
    return endOfDay.matches()
        ? LocalDate.parse(usualDay(day)).plusDays(1) + "T00:00" + endOfDay.group(1)
        : usualDay(day) + "T" + time;
  }

  private static String usualDay(String text) {
    Matcher matcher;
    if ((matcher = BASIC_DAY.matcher(text)).matches()) {
      return matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3);
    } else if ((matcher = ORDINAL_DAY.matcher(text)).matches()) {
      return LocalDate.ofYearDay(number(matcher, 1), number(matcher, 2)).toString();
    } else if ((matcher = WEEK_DAY.matcher(text)).matches()) {
      return Frequency.monday(number(matcher, 1), number(matcher, 3))
          .with(DayOfWeek.of(number(matcher, 4)))
          .toString();
    } else if ((matcher = BASIC_WEEK.matcher(text)).matches()) {
      return matcher.group(1) + "-W" + matcher.group(2);
    }
    return text;
  }

  private static String usualTime(Matcher basic) {
    String second = basic.group(3) == null ? "" : ":" + basic.group(3).replace(',', '.');
    String minutes = basic.group(5) == null ? "00" : basic.group(5);
    String offset = basic.group(4) == null ? "Z" : basic.group(4) + ":" + minutes;
    return basic.group(1) + ":" + basic.group(2) + second + offset;
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
