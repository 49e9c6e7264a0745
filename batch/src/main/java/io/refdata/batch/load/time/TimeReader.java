package io.refdata.batch.load.time;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.TimeForm;
import io.refdata.domain.layout.TimePattern;
import io.refdata.domain.load.InvalidLoad;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the instants that texts name, in the form that a layout says. */
final class TimeReader {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,20})?");

  /** Day 0 of spreadsheets, from 1900-03-01 on: before, they count a day that never was. */
  private static final LocalDate EXCEL_ZERO = LocalDate.of(1899, 12, 30);

  private static final BigDecimal EXCEL_FIRST = BigDecimal.valueOf(61);

  private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000L);

  private final Frequency frequency;
  private final TimeForm form;
  private final @Nullable TimePattern pattern;
  private final @Nullable FiscalYears fiscal;
  private final LocalTimes local;

  /**
   * @throws InvalidLoad if the pattern is none; a stored layout may be older than the rules for
   *     them
   */
  TimeReader(Frequency frequency, TimeForm form) {
    this.frequency = frequency;
    this.form = form;
    this.pattern = form.pattern() == null ? null : pattern(form);
    this.fiscal = form.fiscal() == null ? null : new FiscalYears(frequency, form.fiscal());
    this.local = new LocalTimes();
  }

  static TimePattern pattern(TimeForm form) {
    try {
      return TimePattern.of(form);
    } catch (IllegalArgumentException e) {
      throw new InvalidLoad(
          "The layout's pattern '" + form.pattern() + "' " + e.getMessage() + ".");
    }
  }

  /** The instant that a text names; empty if it names none. */
  Optional<Instant> read(String text) {
    int end = text.indexOf(TimeColumn.BEFORE_ZONE);
    String time = end < 0 ? text : text.substring(0, end);
    Optional<ZoneId> zone = zone(end < 0 ? form.zone() : text.substring(end + 1));
    if (zone.isEmpty()) {
      return Optional.empty();
    } else if (form.excel()) {
      return excel(time).flatMap(read -> local.instant(read, zone.get()));
    } else if (form.epoch() != null) {
      return epoch(time, form.epoch());
    } else if (fiscal != null) {
      return fiscal.startOf(time);
    } else if (pattern != null) {
      return pattern
          .parse(time)
          .flatMap(
              parsed ->
                  local.instant(
                      parsed.local(), parsed.zone() == null ? zone.get() : parsed.zone()));
    }
    Optional<LocalDateTime> read = form.local() ? PeriodTexts.local(time) : Optional.empty();
    return read.isPresent()
        ? local.instant(read.get(), zone.get())
        : frequency.startOfOwn(PeriodTexts.canonical(time));
  }

  /** The zone that a text names; UTC if there is no text. */
  private Optional<ZoneId> zone(@Nullable String text) {
    if (text == null) {
      return Optional.of(ZoneOffset.UTC);
    }
    String zone = form.zones() == null ? text : form.zones().getOrDefault(text, text);
    try {
      return Optional.of(ZoneId.of(zone));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDateTime> excel(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal days = new BigDecimal(text);
    if (days.compareTo(EXCEL_FIRST) < 0 || days.precision() - days.scale() > 7) {
      return Optional.empty();
    }
    // Spreadsheets hold 10:05 as a fraction that is not exact.
    long millis = days.multiply(MILLIS_OF_DAY).setScale(0, RoundingMode.HALF_UP).longValue();
    return Optional.of(EXCEL_ZERO.atStartOfDay().plus(millis, ChronoUnit.MILLIS));
  }

  private static Optional<Instant> epoch(String text, String unit) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(text).movePointLeft(unit.equals("ms") ? 3 : 0);
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    try {
      return Optional.of(
          Instant.ofEpochSecond(
              whole.longValue(), seconds.subtract(whole).movePointRight(9).longValue()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The later instant of the local time that was read last; empty if it does not come twice. */
  Optional<Instant> later(Instant earlier) {
    return local.later(earlier);
  }

  /** Whether a local time may come twice. */
  boolean mayComeTwice() {
    return form.local() || pattern != null && pattern.tellsRegion();
  }

  /**
   * The end of a sentence about a text that names no instant: its fault, or the form it should
   * have.
   */
  String expected(String text) {
    int end = text.indexOf(TimeColumn.BEFORE_ZONE);
    String zone = end < 0 ? form.zone() : text.substring(end + 1);
    if (zone(zone).isEmpty()) {
      return "has the zone '%s', which is none and is not in the layout's map".formatted(zone);
    } else if (local.skipped()) {
      return "is an hour that the clocks of %s skip".formatted(zone == null ? "its zone" : zone);
    } else if (form.excel()) {
      return "is no number of days since 1899-12-30, from 61 on";
    } else if (form.epoch() != null) {
      return "is no number of %s since 1970"
          .formatted(form.epoch().equals("s") ? "seconds" : "milliseconds");
    } else if (pattern != null) {
      return "is no time in the layout's pattern '%s'".formatted(form.pattern());
    }
    return "names no period of %s data, such as %s"
        .formatted(frequency.adjective(), PeriodTexts.examples(frequency));
  }
}
