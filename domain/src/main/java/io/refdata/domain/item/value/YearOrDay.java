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
 * A day, or only its year where no more is known: {@code 2012-05-01} or {@code 2012}. Sorts as
 * text, a year before its days.
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

  /** The year or day, if the text is one. */
  public static Optional<YearOrDay> parse(String text) {
    try {
      return Optional.of(new YearOrDay(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether only the year is known. */
  public boolean isYear() {
    return text.length() == 4;
  }

  /** The year it is or lies in. */
  public Year year() {
    return Year.parse(text.substring(0, 4));
  }

  /** The day it is; the first of the year where only that is known. */
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
