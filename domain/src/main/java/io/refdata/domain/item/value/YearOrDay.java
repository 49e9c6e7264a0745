package io.refdata.domain.item.value;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A day, or only a year if the day is not known: {@code 2012-05-01} or {@code 2012}. The order is
 * that of the texts: a year comes before its days.
 */
public record YearOrDay(String text) implements Comparable<YearOrDay>, Serializable {
  private static final Pattern FORM = Pattern.compile("\\d{4}(-\\d{2}-\\d{2})?");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

  /**
   * @throws IllegalArgumentException if the text is neither a year nor a day that exists
   */
  public YearOrDay {
    if (!FORM.matcher(text).matches() || (text.length() > 4 && !exists(text))) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a day like 2012-05-01 nor a year like 2012");
    }
  }

  private static boolean exists(String day) {
    try {
      LocalDate.parse(day, DAY);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The year, or the day of the years 1 to 9999, if the text is one. SQL has no year 0. */
  public static Optional<YearOrDay> parse(String text) {
    try {
      return Optional.of(new YearOrDay(text))
          .filter(any -> any.isYear() || any.year().getValue() > 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** True if only the year is known. */
  public boolean isYear() {
    return text.length() == 4;
  }

  /** The year, or the year of the day. */
  public Year year() {
    return Year.parse(text.substring(0, 4));
  }

  /** The day; the first day of the year if only the year is known. */
  public LocalDate day() {
    return isYear() ? year().atDay(1) : LocalDate.parse(text, DAY);
  }

  @Override
  public int compareTo(YearOrDay other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
