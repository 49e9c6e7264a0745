package io.refdata.batch.load.cell;

import io.refdata.batch.file.NumberedTexts;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimePattern;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.text.WholeNumber;
import io.refdata.persistence.sql.BinaryCopy;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses texts of a file to starts of periods, each distinct text once. It uses the layout's
 * pattern, in UTC if the pattern has no zone. Without a pattern it reads periods in the forms in
 * which they are usually written.
 */
public final class TimeColumn {
  /** The value for a text that names no period. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int MAX_CACHED = 100_000;
  private static final int MAX_CACHED_LENGTH = 256;

  private final Frequency frequency;
  private final @Nullable TimePattern pattern;
  private final boolean within;
  private final NumberedTexts cached = new NumberedTexts();
  private long[] starts = new long[1024];

  /**
   * @throws InvalidLoad if the pattern is none; a stored layout may be older than the rules for
   *     them
   */
  public TimeColumn(Frequency frequency, Source source) {
    this.frequency = frequency;
    this.pattern = source.pattern() == null ? null : pattern(source);
    this.within = source.within();
  }

  static TimePattern pattern(Source source) {
    try {
      return TimePattern.of(Objects.requireNonNull(source.pattern()), source.locale());
    } catch (IllegalArgumentException e) {
      throw new InvalidLoad(
          "The layout's pattern '" + source.pattern() + "' " + e.getMessage() + ".");
    }
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
        .filter(Frequency::isInRange)
        .flatMap(this::startOfPeriod)
        .map(BinaryCopy::micros)
        .orElse(NONE);
  }

  private Optional<Instant> read(String text) {
    String plain = WholeNumber.plain(text);
    return pattern == null
        ? frequency.startOfOwn(PeriodTexts.canonical(plain))
        : pattern.parse(plain).flatMap(TimeColumn::instant);
  }

  /** Empty for a time that the clocks of its zone skip. */
  private static Optional<Instant> instant(TimePattern.Parsed parsed) {
    ZoneId zone = parsed.zone() == null ? ZoneOffset.UTC : parsed.zone();
    return zone.getRules().getValidOffsets(parsed.local()).stream()
        .findFirst()
        .map(parsed.local()::toInstant);
  }

  /** The period that begins at an instant, that ends with that day, or that it is in. */
  private Optional<Instant> startOfPeriod(Instant instant) {
    Instant start = frequency.floor(instant);
    Instant lastDay = frequency.next(start).minus(1, ChronoUnit.DAYS);
    return within || instant.equals(start) || instant.equals(lastDay) && lastDay.isAfter(start)
        ? Optional.of(start)
        : Optional.empty();
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
