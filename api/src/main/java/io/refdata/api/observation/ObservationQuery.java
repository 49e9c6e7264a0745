package io.refdata.api.observation;

import io.refdata.api.request.AsOf;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question for observations of a dataset.
 *
 * @param from not before this instant; null from the beginning
 * @param before only before this instant; null to the end
 * @param after where the answer before ended; null from the first
 * @param limit how many observations at most, if it is said
 * @param ends how many of each series, from which of its ends; null for all
 * @param asOf what was known at this instant; null for now
 * @param updatedAfter only what has changed since this instant; null for all
 * @param list what a cursor is bound to
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
    @Nullable Instant updatedAfter,
    String list) {
  /** How many observations an answer that is put together in memory may have. */
  static final int MOST = 1_000_000;

  /**
   * @throws io.refdata.api.problem.Problem that names everything wrong with the parameters
   */
  static ObservationQuery parse(Dataset dataset, Parameters parameters) {
    SeriesSelection selection = SeriesParameters.read(dataset, parameters);
    Instant from = instant(parameters, "from", Frequency::startOf);
    Instant before = instant(parameters, "to", Frequency::endOf);
    Optional<Integer> limit = parameters.limit(MOST);
    Ends ends = ends(parameters);
    Instant asOf = AsOf.instant(parameters, AsOf.NAME);
    Instant updatedAfter = AsOf.instant(parameters, "updatedAfter");
    String cursor = parameters.after().orElse(null);
    parameters.end();
    String list = parameters.identity("observations of " + dataset.code());
    Position after = cursor == null ? null : position(list, cursor);
    return new ObservationQuery(
        dataset, selection, from, before, after, limit, ends, asOf, updatedAfter, list);
  }

  private static @Nullable Ends ends(Parameters parameters) {
    Optional<Integer> first = parameters.whole("first", MOST);
    Optional<Integer> last = parameters.whole("last", MOST);
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

  private static Position position(String list, String cursor) {
    List<@Nullable String> key = PageCursor.parse(list, 2, cursor);
    String series = key.get(0);
    String time = key.get(1);
    if (series == null || time == null) {
      throw PageCursor.wrong();
    }
    try {
      Instant start = Instant.parse(time);
      if (!Frequency.isInRange(start)) {
        throw PageCursor.wrong();
      }
      return new Position(series, start);
    } catch (DateTimeException e) {
      throw PageCursor.wrong();
    }
  }

  /** The cursor after an observation of this answer. */
  String cursor(Position last) {
    return PageCursor.of(list, List.of(last.seriesKey(), last.time().toString()));
  }

  /**
   * What to read for an answer of at most so many observations, 0 for all.
   *
   * @param known the revision of the dataset that {@code asOf} stands for
   * @param since the revision that {@code updatedAfter} stands for
   */
  Range range(int most, @Nullable Integer known, @Nullable Integer since) {
    return new Range(from, before, ends, known, since, after, most);
  }
}
