package io.refdata.batch.load.time;

import io.refdata.batch.file.NumberedTexts;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.text.WholeNumber;
import io.refdata.persistence.sql.BinaryCopy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Parses texts of a file to starts of periods, each distinct text once, in the form that the layout
 * says.
 */
public final class TimeColumn {
  /** The value for a text that names no period. */
  public static final long NONE = Long.MIN_VALUE;

  /** Between a time and its zone, which another column has. No text of a file has it. */
  public static final String BEFORE_ZONE = "\0";

  private static final int MAX_CACHED = 100_000;
  private static final int MAX_CACHED_LENGTH = 256;

  private final Frequency frequency;
  private final Source source;
  private final TimeForm form;
  private final TimeReader reader;
  private final NumberedTexts cached = new NumberedTexts();
  private long[] starts = new long[1024];
  private long[] laters = new long[1024];
  private long later;

  /**
   * @throws io.refdata.domain.load.InvalidLoad if the pattern is none; a stored layout may be older
   *     than the rules for them
   */
  public TimeColumn(Frequency frequency, Source source) {
    this.frequency = frequency;
    this.source = source;
    this.form = source.time();
    this.reader = new TimeReader(frequency, form);
  }

  /**
   * Microseconds since 1970-01-01T00:00:00Z; {@link #NONE} if the text names no period of the
   * frequency. Of a local time that comes twice, it is the earlier instant.
   */
  public long parse(char[] chars, int from, int to) {
    int cachedNumber = cached.find(chars, from, to);
    if (cachedNumber >= 0) {
      later = laters[cachedNumber];
      return starts[cachedNumber];
    }
    long start = parse(new String(chars, from, to - from));
    if (cached.size() < MAX_CACHED && to - from <= MAX_CACHED_LENGTH) {
      int number = cached.add(chars, from, to);
      if (number == starts.length) {
        starts = Arrays.copyOf(starts, 2 * number);
        laters = Arrays.copyOf(laters, 2 * number);
      }
      starts[number] = start;
      laters[number] = later;
    }
    return start;
  }

  /** Parses a text without the cache. */
  public long parse(String text) {
    Optional<Instant> instant = read(text).filter(Frequency::isInRange);
    Optional<Long> start = instant.flatMap(this::startOfPeriod).map(BinaryCopy::micros);
    later =
        start.isPresent() && reader.mayComeTwice()
            ? reader
                .later(instant.get())
                .flatMap(this::startOfPeriod)
                .map(BinaryCopy::micros)
                .filter(second -> !second.equals(start.get()))
                .orElse(NONE)
            : NONE;
    return start.orElse(NONE);
  }

  /** Whether a time may come twice, because clocks are set back. */
  public boolean mayComeTwice() {
    return reader.mayComeTwice();
  }

  /**
   * The later instant of the text that was parsed last, if it is a local time that comes twice;
   * else {@link #NONE}.
   */
  public long later() {
    return later;
  }

  /** The reject of a text whose time comes twice, and the lines do not tell which it is. */
  public RejectReason ambiguous(String text) {
    return new RejectReason(
        "AMBIGUOUS_TIME",
        "'%s' comes twice, and the order of the lines does not tell which it is: an offset, or a column with the zone, would"
            .formatted(RejectReasons.quoted(text.replace(BEFORE_ZONE, " "))));
  }

  private Optional<Instant> read(String text) {
    String plain = WholeNumber.plain(text);
    String mapped = source.mapped(plain);
    return mapped == null
        ? reader.read(plain)
        : frequency.startOfOwn(PeriodTexts.canonical(mapped));
  }

  /** The period that begins at an instant, that ends with that day, or that it is in. */
  private Optional<Instant> startOfPeriod(Instant instant) {
    Instant start = frequency.floor(instant);
    return form.within() || instant.equals(start) || instant.equals(lastDay(start))
        ? Optional.of(start)
        : Optional.empty();
  }

  /** The last day of a period of days; the start itself if it has no days. */
  private Instant lastDay(Instant start) {
    Instant last = frequency.next(start).minus(1, ChronoUnit.DAYS);
    return last.isAfter(start) ? last : start;
  }

  /** The reject of a text that names no period. */
  public RejectReason badTime(String text) {
    return new RejectReason(
        "BAD_TIME",
        "'%s' %s".formatted(RejectReasons.quoted(text.replace(BEFORE_ZONE, " ")), why(text)));
  }

  private String why(String text) {
    Optional<Instant> instant = read(text);
    if (instant.isEmpty()) {
      return reader.expected(WholeNumber.plain(text));
    } else if (!Frequency.isInRange(instant.get())) {
      return "lies outside of the years 1 to 9999";
    }
    Instant start = frequency.floor(instant.get());
    return "lies within %s, and is neither its beginning nor its last day: \"within\": true in the layout's time would read it so"
        .formatted(frequency.format(start));
  }
}
