package io.refdata.api.observation;

import io.refdata.api.request.AsOf;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Aggregate;
import io.refdata.persistence.derivation.Derivation;
import io.refdata.persistence.derivation.References;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.settings.Setting;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query for observations of a dataset.
 *
 * @param from the first instant; null for the beginning
 * @param before the instant before which the observations start; null for the end
 * @param after the position of the last observation in the page before; null for the first page
 * @param limit the maximum number of observations, if the request has one
 * @param ends the number of first or last observations of each series; null for all
 * @param asOf the instant whose state is read; null for now
 * @param knownAt the instant by which what is read was published; null for any
 * @param updatedAfter the instant since which observations have changed; null for all
 * @param derivation what is worked out from the observations; null for nothing
 * @param list the identity of the list to which a cursor is bound
 */
record ObservationQuery(
    Dataset dataset,
    SeriesSelection selection,
    @Nullable Instant from,
    @Nullable Instant before,
    @Nullable Position after,
    Optional<Integer> limit,
    @Nullable Ends ends,
    @Nullable Instant asOf,
    @Nullable Instant knownAt,
    @Nullable Instant updatedAfter,
    @Nullable Derivation derivation,
    String list) {
  /** The maximum number of observations in a response that is built in memory. */
  static final int MAX_LIMIT = (int) Setting.OBSERVATIONS_LIMIT.number();

  /** The maximum number of last results of a series: they are held in memory. */
  private static final int MAX_HELD = (int) Setting.DERIVATION_HELD.number();

  /** A time of day in a text of a period or an instant. */
  private static final Pattern INSTANT = Pattern.compile("[Tt]\\d");

  /**
   * @param datasets finds another dataset by its code
   * @throws io.refdata.api.problem.Problem that names every invalid parameter
   */
  static ObservationQuery parse(
      Dataset dataset, Parameters parameters, Function<String, Dataset> datasets) {
    SeriesSelection selection = SeriesParameters.read(dataset, parameters);
    Instant startsFrom = instant(parameters, "from", Frequency::startOf);
    Instant startsBefore = instant(parameters, "to", Frequency::endOf);
    Optional<Integer> limit = parameters.limit(MAX_LIMIT);
    Ends ends = ends(parameters);
    Instant asOf = AsOf.instant(parameters, AsOf.NAME);
    Instant knownAt = AsOf.instant(parameters, AsOf.KNOWN_AT);
    Instant updatedAfter = AsOf.instant(parameters, "updatedAfter");
    Derivation derivation = DerivationParameters.read(parameters, dataset, selection, datasets);
    if (derivation != null && updatedAfter != null) {
      parameters.fault("updatedAfter", "is for stored observations, not for what is worked out");
    }
    if (derivation != null && derivation.aggregate() != null) {
      selection = selection.withParts(derivation.aggregate().position());
    }
    if (derivation != null && ends != null && ends.latest() && ends.count() > MAX_HELD) {
      parameters.fault("last", "must be at most %,d of what is worked out".formatted(MAX_HELD));
    }
    Instant from = inDays(derivation, parameters, "from", startsFrom);
    Instant before = inDays(derivation, parameters, "to", startsBefore);
    String cursor = parameters.after().orElse(null);
    parameters.end();
    String list = parameters.identity("observations of " + dataset.code());
    Position after = cursor == null ? null : position(list, cursor);
    return new ObservationQuery(
        dataset,
        selection,
        from,
        before,
        after,
        limit,
        ends,
        asOf,
        knownAt,
        updatedAfter,
        derivation,
        list);
  }

  private static @Nullable Ends ends(Parameters parameters) {
    Optional<Integer> first = parameters.whole("first", MAX_LIMIT);
    Optional<Integer> last = parameters.whole("last", MAX_LIMIT);
    if (first.isPresent() && last.isPresent()) {
      parameters.fault("last", "cannot be asked for together with first");
    }
    return last.map(count -> new Ends(count, true))
        .or(() -> first.map(count -> new Ends(count, false)))
        .orElse(null);
  }

  private static @Nullable Instant instant(
      Parameters parameters, String name, Function<String, Optional<Instant>> parse) {
    Optional<String> text = parameters.one(name);
    Optional<Instant> instant = text.flatMap(parse);
    if (text.isPresent() && instant.isEmpty()) {
      parameters.fault(
          name,
          "'"
              + text.get()
              + "' is no period or instant like 2020, 2020-S1, 2020-Q1, 2020-03, 2020-W05,"
              + " 2020-03-01 or 2020-03-01T05:00:00Z");
    }
    return instant.orElse(null);
  }

  /**
   * Results by the days of a time zone have the date there as their time, as if it were in UTC. An
   * instant is compared with them by its local time; a period is one of dates anyway.
   */
  private static @Nullable Instant inDays(
      @Nullable Derivation derivation,
      Parameters parameters,
      String name,
      @Nullable Instant instant) {
    boolean isInstant =
        parameters.all(name).stream().anyMatch(text -> INSTANT.matcher(text).find());
    if (instant == null || !isInstant || derivation == null || derivation.resampled() == null) {
      return instant;
    }
    ZoneId zone = derivation.resampled().resampling().zone();
    return LocalDateTime.ofInstant(instant, zone).toInstant(ZoneOffset.UTC);
  }

  private static Position position(String list, String cursor) {
    List<@Nullable String> key = PageCursor.parse(list, 2, cursor);
    String series = key.get(0);
    String time = key.get(1);
    if (series == null || time == null) {
      throw PageCursor.wrong();
    }
    return new Position(series, PageCursor.instant(time));
  }

  /** The cursor after an observation of this response. */
  String cursor(Position last) {
    return PageCursor.of(list, List.of(last.seriesKey(), last.time().toString()));
  }

  /** The frequency of the results. */
  Frequency frequency() {
    return derivation == null ? dataset.frequency() : derivation.resultFrequency();
  }

  /** The same with results in another unit. */
  ObservationQuery in(String unit) {
    return new ObservationQuery(
        dataset,
        selection,
        from,
        before,
        after,
        limit,
        ends,
        asOf,
        knownAt,
        updatedAfter,
        derivation == null
            ? new Derivation(dataset.frequency(), unit, null, null, null)
            : derivation.in(unit),
        list);
  }

  /** The unit that the results are asked for in; null for that of each series. */
  @Nullable String unit() {
    return derivation == null ? null : derivation.unit();
  }

  /** The unit of the results of a series; null for none. */
  @Nullable String resultUnit(Series series) {
    return derivation == null ? series.unit() : derivation.resultUnit(series);
  }

  /** The range of the observations from which the results of a range are worked out. */
  Range needed(Range asked) {
    return derivation == null ? asked : derivation.needed(asked);
  }

  /**
   * The results of a range.
   *
   * @param selected the series of the selection
   * @param stored the observations of the range {@link #needed}
   * @param references what was read beside them; null if nothing is needed
   */
  ObservationRows results(
      Collection<Series> selected,
      ObservationRows stored,
      Range asked,
      @Nullable References references) {
    return derivation == null ? stored : derivation.results(selected, stored, asked, references);
  }

  /** The columns that the results have beside their series, time, value and status. */
  MoreColumns moreColumns() {
    return new MoreColumns(
        updatedAfter != null,
        derivation != null && derivation.hasCoverage(),
        derivation != null && derivation.hasMissing());
  }

  /** The dataset of the weights; null without any. */
  @Nullable Dataset weights() {
    Aggregate aggregate = derivation == null ? null : derivation.aggregate();
    return aggregate == null || aggregate.weight() == null ? null : aggregate.weight().dataset();
  }

  /**
   * The range that is asked for.
   *
   * @param limit the maximum number of observations, 0 for all
   * @param revision the revision of the dataset whose state is read; null for now
   * @param since the revision at {@code updatedAfter}; null for all observations
   */
  Range range(int limit, @Nullable Integer revision, @Nullable Integer since) {
    return new Range(from, before, ends, revision, since, after, limit);
  }
}
