package io.refdata.domain.dataset;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time between two observations of a series: SDMX's CL_FREQ. A period is identified by the
 * instant at which it starts, in UTC. Each frequency has its own way to write periods: {@code
 * 2020}, {@code 2020-S1}, {@code 2020-Q1}, {@code 2020-03}, {@code 2020-W05} (ISO 8601 weeks),
 * {@code 2020-03-01}, {@code 2020-03-01T05:00:00Z}. ISO 8601's other forms of days, weeks and
 * instants are read too: {@code 20200301}, {@code 2020-061}, {@code 20200301T0500Z}.
 */
public enum Frequency {
  A("yearly", Duration.ofDays(365)),
  S("half-yearly", Duration.ofDays(181)),
  Q("quarterly", Duration.ofDays(90)),
  M("monthly", Duration.ofDays(28)),
  W("weekly", Duration.ofDays(7)),
  D("daily", Duration.ofDays(1)),
  H("hourly", Duration.ofHours(1)),
  N("minutely", Duration.ofMinutes(1));

  private static final Pattern YEAR = Pattern.compile("(\\d{4})(?:-A1)?");
  private static final Pattern HALF = Pattern.compile("(\\d{4})-S([12])");
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");
  private static final Pattern MONTH = Pattern.compile("(\\d{4})-(?:M)?(\\d{2})");
  private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** The days from the Monday of its week to 1970-01-01, a Thursday. */
  private static final int MONDAY_TO_EPOCH = 3;

  private final String adjective;
  private final Duration shortest;

  Frequency(String adjective, Duration shortest) {
    this.adjective = adjective;
    this.shortest = shortest;
  }

  /** In words: {@code yearly}. */
  public String adjective() {
    return adjective;
  }

  /**
   * The largest possible number of periods that start from an instant on (inclusive) and before
   * another.
   */
  public long atMost(Instant from, Instant before) {
    return from.isBefore(before) ? Duration.between(from, before).dividedBy(shortest) + 1 : 0;
  }

  /**
   * The start of the period that a text names, as this frequency writes it. The first day of a
   * period, or its first instant, stands for it too: {@code 2020-01-01} names the year 2020, {@code
   * 2020-02-01} names no year. A period of another frequency is none of this one, even if it starts
   * at the same time: the year 2020 is not its January.
   */
  public Optional<Instant> parse(String text) {
    return startOfOwn(text).filter(start -> floor(start).equals(start));
  }

  /**
   * The start of what a text names: a period as this frequency writes it, or, at any time, a day if
   * periods last longer than that, or an instant with its time zone.
   */
  public Optional<Instant> startOfOwn(String text) {
    return startOf(text)
        .filter(
            start ->
                frequencyOf(text)
                    .map(form -> form == this || form == D && shortest.compareTo(D.shortest) > 0)
                    .orElse(true));
  }

  /**
   * The start of the period, of any frequency, that a text names. Only the years 0001 to 9999
   * count; there is no year 0.
   */
  public static Optional<Instant> startOf(String text) {
    try {
      return Optional.of(parseStart(text)).filter(Frequency::isInRange);
    } catch (DateTimeException e) {
      return startOfOtherForm(text);
    }
  }

  private static Optional<Instant> startOfOtherForm(String text) {
    try {
      return Optional.of(parseStart(IsoTexts.usual(text))).filter(Frequency::isInRange);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The first instant after the period, of any frequency, that a text names. If the text is an
   * instant: that instant plus one microsecond, the smallest difference that the database stores.
   */
  public static Optional<Instant> endOf(String text) {
    return startOf(text)
        .map(
            start ->
                frequencyOf(text)
                    .map(frequency -> frequency.next(start))
                    .orElseGet(() -> start.plus(1, ChronoUnit.MICROS)));
  }

  private static Optional<Frequency> frequencyOf(String named) {
    if (named.indexOf('T') >= 0) {
      return Optional.empty();
    }
    String text = IsoTexts.usual(named);
    return switch (text.length()) {
      case 4 -> Optional.of(A);
      case 10 -> Optional.of(D);
      default ->
          Optional.of(
              switch (text.charAt(5)) {
                case 'A' -> A;
                case 'S' -> S;
                case 'Q' -> Q;
                case 'W' -> W;
                default -> M;
              });
    };
  }

  private static Instant parseStart(String text) {
    if (text.indexOf('T') >= 0) {
      return OffsetDateTime.parse(text).toInstant();
    }
    Matcher matcher;
    if ((matcher = YEAR.matcher(text)).matches()) {
      return utc(LocalDate.of(number(matcher, 1), 1, 1));
    } else if ((matcher = MONTH.matcher(text)).matches()) {
      return utc(YearMonth.of(number(matcher, 1), number(matcher, 2)).atDay(1));
    } else if ((matcher = QUARTER.matcher(text)).matches()) {
      return utc(LocalDate.of(number(matcher, 1), number(matcher, 2) * 3 - 2, 1));
    } else if ((matcher = HALF.matcher(text)).matches()) {
      return utc(LocalDate.of(number(matcher, 1), number(matcher, 2) * 6 - 5, 1));
    } else if ((matcher = WEEK.matcher(text)).matches()) {
      return utc(monday(number(matcher, 1), number(matcher, 2)));
    }
    return utc(LocalDate.parse(text, DAY));
  }

  /** True if an instant is in the years 0001 to 9999, which periods can be written for. */
  public static boolean isInRange(Instant start) {
    int year = start.atOffset(ZoneOffset.UTC).getYear();
    return 1 <= year && year <= 9999;
  }

  static LocalDate monday(int year, int week) {
    LocalDate inYear = LocalDate.of(year, 7, 1);
    if (week < 1 || week > inYear.range(IsoFields.WEEK_OF_WEEK_BASED_YEAR).getMaximum()) {
      throw new DateTimeException("no week " + week + " in " + year);
    }
    return inYear.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week).with(java.time.DayOfWeek.MONDAY);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static Instant utc(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The start of the period that holds an instant. */
  public Instant floor(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    LocalDate day = time.toLocalDate();
    return switch (this) {
      case A -> utc(day.withDayOfYear(1));
      case S -> utc(LocalDate.of(day.getYear(), day.getMonthValue() <= 6 ? 1 : 7, 1));
      case Q -> utc(LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1));
      case M -> utc(day.withDayOfMonth(1));
      case W -> utc(day.with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY)));
      case D -> utc(day);
      case H -> instant.truncatedTo(ChronoUnit.HOURS);
      case N -> instant.truncatedTo(ChronoUnit.MINUTES);
    };
  }

  /** The start of the next period after the one that starts at an instant. */
  public Instant next(Instant start) {
    ZonedDateTime time = start.atZone(ZoneOffset.UTC);
    ZonedDateTime next =
        switch (this) {
          case A -> time.plusYears(1);
          case S -> time.plusMonths(6);
          case Q -> time.plusMonths(3);
          case M -> time.plusMonths(1);
          case W -> time.plusWeeks(1);
          case D -> time.plusDays(1);
          case H -> time.plusHours(1);
          case N -> time.plusMinutes(1);
        };
    return next.toInstant();
  }

  /**
   * The number of the period that holds an instant. Periods that follow each other have numbers
   * that follow each other; the one that holds the instant 1970-01-01T00:00:00Z is 0.
   */
  public long number(Instant instant) {
    LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
    return switch (this) {
      case A -> day.getYear() - 1970L;
      case S -> (day.getYear() - 1970L) * 2 + (day.getMonthValue() - 1) / 6;
      case Q -> (day.getYear() - 1970L) * 4 + (day.getMonthValue() - 1) / 3;
      case M -> (day.getYear() - 1970L) * 12 + day.getMonthValue() - 1;
      case W -> Math.floorDiv(day.toEpochDay() + MONDAY_TO_EPOCH, 7);
      case D -> day.toEpochDay();
      case H -> Math.floorDiv(instant.getEpochSecond(), 3_600);
      case N -> Math.floorDiv(instant.getEpochSecond(), 60);
    };
  }

  /** The start of the period of a number. */
  public Instant startOf(long number) {
    return switch (this) {
      case A -> utc(LocalDate.of(1970, 1, 1).plusYears(number));
      case S -> utc(LocalDate.of(1970, 1, 1).plusMonths(number * 6));
      case Q -> utc(LocalDate.of(1970, 1, 1).plusMonths(number * 3));
      case M -> utc(LocalDate.of(1970, 1, 1).plusMonths(number));
      case W -> utc(LocalDate.ofEpochDay(number * 7 - MONDAY_TO_EPOCH));
      case D -> utc(LocalDate.ofEpochDay(number));
      case H -> Instant.ofEpochSecond(number * 3_600);
      case N -> Instant.ofEpochSecond(number * 60);
    };
  }

  /** The period that starts at an instant, as this frequency writes it. */
  public String format(Instant start) {
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return switch (this) {
      case A -> year(day.getYear());
      case S -> year(day.getYear()) + (day.getMonthValue() <= 6 ? "-S1" : "-S2");
      case Q -> year(day.getYear()) + "-Q" + ((day.getMonthValue() - 1) / 3 + 1);
      case M -> year(day.getYear()) + "-" + two(day.getMonthValue());
      case W ->
          year(day.get(IsoFields.WEEK_BASED_YEAR))
              + "-W"
              + two(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case D -> day.toString();
      case H, N -> SECOND.format(start);
    };
  }

  private static String year(int year) {
    return String.format(Locale.ROOT, "%04d", year);
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
