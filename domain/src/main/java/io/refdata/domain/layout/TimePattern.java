package io.refdata.domain.layout;

import io.refdata.domain.dataset.Frequency;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of times in a file, in the letters of {@link DateTimeFormatter}. All that it reads
 * counts: a pattern with a letter that would be ignored is no pattern.
 *
 * <p>Weeks are those of ISO 8601. A year of two digits lies from 80 years before the current one to
 * 19 years after it. Hour 24 ({@code kk}) is hour 0 of the next day.
 */
public final class TimePattern {
  private static final String READ = "yuYMLdDqQwecEahKHkmsSnVOXxZ";

  /** The first year of those of two digits, relative to the current one. */
  private static final int TWO_DIGITS_FROM = -80;

  /** The region whose weeks are those of ISO 8601; the words are those of the language. */
  private static final String REGION_OF_ISO_WEEKS = "dezzzz";

  private final PatternLetters letters;
  private final DateTimeFormatter formatter;

  /**
   * A time as it was read.
   *
   * @param zone the zone or offset that the text names; null if it names none
   */
  public record Parsed(LocalDateTime local, @Nullable ZoneId zone) {}

  private TimePattern(PatternLetters letters, DateTimeFormatter formatter) {
    this.letters = letters;
    this.formatter = formatter;
  }

  /**
   * @param form one that has a pattern
   * @throws IllegalArgumentException if it is no pattern; the message goes on after its name
   */
  public static TimePattern of(TimeForm form) {
    String pattern = Objects.requireNonNull(form.pattern());
    PatternLetters letters = PatternLetters.of(pattern);
    if (letters.hasAny("z")) {
      throw new IllegalArgumentException(
          "has z: the short names of zones are not unique; a zone with a map of the column's texts"
              + " reads them");
    }
    letters.requireOnly(READ);
    requireSense(letters);
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    try {
      Integer pivot = form.pivotYear();
      letters.append(
          builder, pivot == null ? Year.now(ZoneOffset.UTC).getValue() + TWO_DIGITS_FROM : pivot);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not a pattern of dates: " + e.getMessage(), e);
    }
    return new TimePattern(
        letters,
        builder
            .parseDefaulting(ChronoField.ERA, 1)
            .toFormatter(locale(form.locale()))
            .withResolverStyle(ResolverStyle.STRICT));
  }

  private static void requireSense(PatternLetters letters) {
    if (letters.hasAny("hK") && !letters.hasAny("a")) {
      throw new IllegalArgumentException(
          "has hh without a: an hour from 1 to 12 needs am or pm; HH is the hour from 0 to 23");
    } else if (letters.hasAny("a") && !letters.hasAny("hK")) {
      throw new IllegalArgumentException("has a without hh: am or pm needs an hour from 1 to 12");
    } else if (letters.hasAny("Y") && !letters.hasAny("w")) {
      throw new IllegalArgumentException(
          "has YYYY without ww: that is the year of a week; yyyy is the year of a date");
    } else if (letters.hasAny("w") && (!letters.hasAny("Y") || letters.hasAny("yuMLdDqQ"))) {
      throw new IllegalArgumentException(
          "has ww: a week belongs to a year of weeks, so write YYYY with it and no other date");
    } else if (letters.hasAny("ecE") && !letters.hasAny("wdD")) {
      throw new IllegalArgumentException("has a day of the week that belongs to no week");
    } else if (letters.hasAny("msSn") && !letters.hasAny("HkhK")) {
      throw new IllegalArgumentException("has minutes or seconds without an hour");
    } else if (!letters.hasAny("yuY")) {
      throw new IllegalArgumentException("tells no year");
    }
  }

  /**
   * The locale of a language, with weeks as in ISO 8601.
   *
   * @throws IllegalArgumentException if there is no such language
   */
  private static Locale locale(@Nullable String language) {
    try {
      return new Locale.Builder()
          .setLanguageTag(language == null ? "en" : language)
          .setUnicodeLocaleKeyword("rg", REGION_OF_ISO_WEEKS)
          .build();
    } catch (IllformedLocaleException e) {
      throw new IllegalArgumentException("has no language '" + language + "'", e);
    }
  }

  /**
   * The part that a text in this pattern does not tell, though a period of a frequency needs it:
   * {@code a month}. Optional parts of the pattern do not count.
   */
  public Optional<String> lacksFor(Frequency frequency) {
    boolean month = letters.requiresAny("MLD");
    boolean day = letters.requiresAny("D") || letters.requiresAny("ML") && letters.requiresAny("d");
    boolean dayOfWeek = letters.requiresAny("w") && letters.requiresAny("ecE");
    boolean date = day || dayOfWeek;
    if (!letters.requiresAny("yuY")) {
      return Optional.of("a year");
    }
    return switch (frequency) {
      case A -> letters.requiresAny("yu") || date ? Optional.empty() : Optional.of("a year");
      case S, Q ->
          month || letters.requiresAny("qQ") || date
              ? Optional.empty()
              : Optional.of("a quarter or a month");
      case M -> month || date ? Optional.empty() : Optional.of("a month");
      case W ->
          letters.requiresAny("w") || date ? Optional.empty() : Optional.of("a week or a day");
      case D, N -> date ? Optional.empty() : Optional.of("a day");
      case H ->
          !date
              ? Optional.of("a day")
              : letters.requiresAny("HkhK") ? Optional.empty() : Optional.of("an hour");
    };
  }

  /** The time that a text tells, at the start of what it does not tell; empty if it is none. */
  public Optional<Parsed> parse(String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalTime time = parsed.query(TemporalQueries.localTime());
      LocalDateTime local =
          LocalDateTime.of(date(parsed), time == null ? LocalTime.MIDNIGHT : time);
      // Its hours are 1 to 24: hour 0 was written 24.
      boolean nextDay = letters.hasAny("k") && time != null && local.getHour() == 0;
      // The offset tells more than the region: in autumn its clocks show an hour twice.
      ZoneId offset = parsed.query(TemporalQueries.offset());
      return Optional.of(
          new Parsed(
              nextDay ? local.plusDays(1) : local,
              offset == null ? parsed.query(TemporalQueries.zone()) : offset));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** True if texts in this pattern name a region, whose clocks may be set back. */
  public boolean tellsRegion() {
    return letters.hasAny("V");
  }

  /** True if the pattern has years of two digits. */
  public boolean hasShortYears() {
    return letters.hasShortYears();
  }

  /** True if a text in this pattern tells a day, or a year and nothing else of a date. */
  public boolean tellsDayOrYear() {
    return lacksFor(Frequency.D).isEmpty() || !letters.hasAny("MLdDqQwecE");
  }

  /** The day that a text tells as {@code 2012-05-01}, or the year; empty if it is neither. */
  public Optional<String> dayOrYear(String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalDate day = parsed.query(TemporalQueries.localDate());
      return Optional.of(day == null ? Year.from(parsed).toString() : day.toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private LocalDate date(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    if (date != null) {
      return date;
    } else if (letters.hasAny("w")) {
      WeekFields iso = WeekFields.ISO;
      return Frequency.startOf(
              "%04d-W%02d"
                  .formatted(
                      parsed.get(iso.weekBasedYear()), parsed.get(iso.weekOfWeekBasedYear())))
          .map(monday -> LocalDate.ofInstant(monday, ZoneOffset.UTC))
          .orElseThrow(() -> new DateTimeException("no such week"));
    }
    int year =
        parsed.get(
            parsed.isSupported(ChronoField.YEAR) ? ChronoField.YEAR : ChronoField.YEAR_OF_ERA);
    // Not get(): without a month, that finds no range for it.
    int quarter =
        parsed.isSupported(IsoFields.QUARTER_OF_YEAR)
            ? (int) parsed.getLong(IsoFields.QUARTER_OF_YEAR)
            : 0;
    int month =
        parsed.isSupported(ChronoField.MONTH_OF_YEAR)
            ? parsed.get(ChronoField.MONTH_OF_YEAR)
            : quarter == 0 ? 1 : 3 * quarter - 2;
    if (quarter != 0 && (month + 2) / 3 != quarter) {
      throw new DateTimeException("month and quarter differ");
    }
    return LocalDate.of(year, month, 1);
  }
}
