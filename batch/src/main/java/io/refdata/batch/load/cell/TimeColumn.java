package io.refdata.batch.load.cell;

import io.refdata.batch.file.NumberedTexts;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.text.WholeNumber;
import io.refdata.persistence.sql.BinaryCopy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of a file into starts of periods; each distinct text once. A text is read by the
 * layout's pattern, in UTC where that has no zone, or else as frequencies write their periods.
 */
public final class TimeColumn {
  /** What stands for no period. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int MOST_REMEMBERED = 100_000;
  private static final int LONGEST_REMEMBERED = 256;

  private final Frequency frequency;
  private final @Nullable DateTimeFormatter pattern;
  private final NumberedTexts remembered = new NumberedTexts();
  private long[] starts = new long[1024];

  public TimeColumn(Frequency frequency, Source source) {
    this.frequency = frequency;
    this.pattern = source.pattern() == null ? null : formatter(source.pattern());
  }

  static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * Microseconds since 1970-01-01T00:00:00Z; {@link #NONE} if the text names no period of the
   * frequency.
   */
  public long parse(char[] chars, int from, int to) {
    int known = remembered.find(chars, from, to);
    if (known >= 0) {
      return starts[known];
    }
    long start = parse(new String(chars, from, to - from));
    if (remembered.size() < MOST_REMEMBERED && to - from <= LONGEST_REMEMBERED) {
      int number = remembered.add(chars, from, to);
      if (number == starts.length) {
        starts = Arrays.copyOf(starts, 2 * number);
      }
      starts[number] = start;
    }
    return start;
  }

  /** The same of a text that is asked for once. */
  public long parse(String text) {
    return read(text)
        .filter(start -> Frequency.isInRange(start) && frequency.floor(start).equals(start))
        .map(BinaryCopy::micros)
        .orElse(NONE);
  }

  private Optional<Instant> read(String text) {
    String whole = WholeNumber.plain(text);
    if (pattern == null) {
      return Frequency.startOf(whole);
    }
    try {
      return Optional.of(instant(pattern.parse(whole)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(TemporalAccessor parsed) {
    ZoneId zone = parsed.query(TemporalQueries.zone());
    ZonedDateTime time =
        ZonedDateTime.of(
            field(parsed, ChronoField.YEAR, ChronoField.YEAR_OF_ERA),
            parsed.isSupported(ChronoField.MONTH_OF_YEAR)
                ? parsed.get(ChronoField.MONTH_OF_YEAR)
                : 1,
            parsed.isSupported(ChronoField.DAY_OF_MONTH) ? parsed.get(ChronoField.DAY_OF_MONTH) : 1,
            parsed.isSupported(ChronoField.HOUR_OF_DAY) ? parsed.get(ChronoField.HOUR_OF_DAY) : 0,
            parsed.isSupported(ChronoField.MINUTE_OF_HOUR)
                ? parsed.get(ChronoField.MINUTE_OF_HOUR)
                : 0,
            parsed.isSupported(ChronoField.SECOND_OF_MINUTE)
                ? parsed.get(ChronoField.SECOND_OF_MINUTE)
                : 0,
            0,
            zone == null ? ZoneOffset.UTC : zone);
    return time.toInstant();
  }

  private static int field(TemporalAccessor parsed, ChronoField... candidates) {
    for (ChronoField candidate : candidates) {
      if (parsed.isSupported(candidate)) {
        return parsed.get(candidate);
      }
    }
    throw new DateTimeException("no year");
  }

  /** What is wrong with a text that names no period. */
  public RejectReason refused(String text) {
    return new RejectReason(
        "BAD_TIME",
        "'"
            + RejectReasons.quoted(text)
            + "' names no period of "
            + frequency.adjective()
            + " data");
  }
}
