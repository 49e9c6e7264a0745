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
 * Parses texts of a file to starts of periods, each distinct text once. It uses the layout's
 * pattern, in UTC if the pattern has no zone. Without a pattern it reads periods as frequencies
 * write them.
 */
public final class TimeColumn {
  /** The value for a text that names no period. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int MAX_CACHED = 100_000;
  private static final int MAX_CACHED_LENGTH = 256;

  private final Frequency frequency;
  private final @Nullable DateTimeFormatter pattern;
  private final NumberedTexts cached = new NumberedTexts();
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
    int cachedNumber = cached.find(chars, from, to);
    if (cachedNumber >= 0) {
      return starts[cachedNumber];
    }
    long start = parse(new String(chars, from, to - from));
    if (cached.size() < MAX_CACHED && to - from <= MAX_CACHED_LENGTH) {
      int number = cached.add(chars, from, to);
      if (number == starts.length) {
        starts = Arrays.copyOf(starts, 2 * number);
      }
      starts[number] = start;
    }
    return start;
  }

  /** Parses a text without the cache. */
  public long parse(String text) {
    return read(text)
        .filter(start -> Frequency.isInRange(start) && frequency.floor(start).equals(start))
        .map(BinaryCopy::micros)
        .orElse(NONE);
  }

  private Optional<Instant> read(String text) {
    String plain = WholeNumber.plain(text);
    if (pattern == null) {
      return Frequency.startOf(plain);
    }
    try {
      return Optional.of(instant(pattern.parse(plain)));
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

  /** The reject of a text that names no period. */
  public RejectReason badTime(String text) {
    return new RejectReason(
        "BAD_TIME",
        "'"
            + RejectReasons.quoted(text)
            + "' names no period of "
            + frequency.adjective()
            + " data");
  }
}
