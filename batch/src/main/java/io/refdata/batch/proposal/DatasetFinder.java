package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.NumberTexts;
import io.refdata.batch.proposal.sample.Numeric;
import io.refdata.batch.proposal.sample.PeriodHeaders;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Table;
import io.refdata.batch.proposal.sample.TimeFinder;
import io.refdata.batch.proposal.sample.Zones;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.LayoutProposals.Hints;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds what the columns of a file are for a dataset: time, dimensions, values, statuses. */
final class DatasetFinder {
  private static final Pattern ZONE_LETTER = Pattern.compile("[XxzVOZ]");

  private static final Set<String> TIME_NAMES =
      Set.of(
          "year",
          "date",
          "time",
          "period",
          "timeperiod",
          "refperiod",
          "day",
          "month",
          "quarter",
          "week",
          "timestamp",
          "datetime",
          "hour",
          "jahr",
          "datum",
          "zeit",
          "annee",
          "fecha",
          "ano");
  private static final double HALF = 0.5;

  private final Dataset dataset;
  private final Table table;
  private final Proposed proposed;
  private final Numeric numeric;
  private final List<Column> free;
  private final DimensionFinder dimensions;

  private record TimeGuess(Column column, TimeFinder.Found found, double score) {}

  DatasetFinder(Jdbi jdbi, Dataset dataset, Table table, Hints hints, Proposed proposed) {
    this.dataset = dataset;
    this.table = table;
    this.proposed = proposed;
    this.numeric = new Numeric(table, proposed);
    this.free = new ArrayList<>(table.where(column -> true));
    this.dimensions = new DimensionFinder(jdbi, dataset, numeric, hints, proposed);
  }

  void find() {
    Optional<PeriodHeaders.Found> periods = PeriodHeaders.find(dataset.frequency(), table);
    TimeGuess time = time();
    boolean ownColumn = time != null && TIME_NAMES.contains(time.column().plainName());
    ValueFinder values = new ValueFinder(numeric, free, proposed);
    if (periods.isPresent() && !ownColumn) {
      free.removeAll(periods.get().columns());
      timeInHeaders(periods.get());
      values.status();
      dimensions.find(free, false);
      values.describe(periods.get().columns());
      return;
    }
    if (time == null) {
      missingTime();
    } else {
      free.remove(time.column());
      time(time);
    }
    values.status();
    values.units();
    boolean wide = dimensions.find(free, true);
    if (wide) {
      wide(values);
    } else {
      values.value(dataset, dimensions.used());
    }
  }

  private void timeInHeaders(PeriodHeaders.Found periods) {
    proposed.object("time").put("header", periods.expression());
    proposed.reason(
        "/time/header",
        "the headers of %d columns of numbers name periods: %s"
            .formatted(
                periods.columns().size(),
                NumberTexts.some(periods.columns().stream().map(Column::name).toList())));
  }

  private @Nullable TimeGuess time() {
    TimeFinder times = new TimeFinder(dataset.frequency());
    TimeGuess best = null;
    for (Column column : free) {
      boolean exact = TIME_NAMES.contains(column.plainName());
      boolean named = exact || column.words().stream().anyMatch(TIME_NAMES::contains);
      TimeFinder.Found found = times.find(column.distinct(), named);
      boolean certain = named || found.share() == 1 && column.fill() > HALF;
      double score =
          found.share() + (exact ? 0.5 : named ? 0.3 : 0) - (numeric.is(column) ? 0.1 : 0);
      if (found.share() > HALF && certain && (best == null || score > best.score())) {
        best = new TimeGuess(column, found, score);
      }
    }
    return best;
  }

  private void missingTime() {
    proposed.doubt(
        "/time",
        "no column was found whose texts are times of %s data"
            .formatted(dataset.frequency().adjective()));
    Column first = free.isEmpty() ? table.columns().get(0) : free.get(0);
    proposed.layout().set("time", Proposed.source(first));
  }

  private void time(TimeGuess guess) {
    Column column = guess.column();
    TimeFinder.Found found = guess.found();
    ObjectNode time = Proposed.source(column);
    found.putTo(time);
    proposed.layout().set("time", time);
    proposed.reason(
        "/time/column",
        "%.0f %% of the texts in %s are times of %s data"
            .formatted(100 * found.share(), column, dataset.frequency().adjective()));
    if (found.form().pattern() != null) {
      proposed.reason("/time/pattern", "texts like " + column.distinct().iterator().next());
    }
    if (found.other() != null) {
      proposed.doubt("/time/pattern", "it could also be " + found.other());
    }
    if (found.form().within()) {
      proposed.doubt(
          "/time/within",
          "times lie within periods: of several in one period only the first counts");
    }
    if (found.form().fiscal() != null) {
      proposed.doubt("/time/fiscal", "which month do these years begin in? April is a guess");
    }
    if (found.form().excel() || found.form().epoch() != null) {
      proposed.doubt("/time", "numbers are read as counted days or seconds");
    }
    if (found.share() < 1) {
      List<String> others =
          column.distinct().stream()
              .filter(
                  text ->
                      new TimeFinder(dataset.frequency()).find(List.of(text), false).share() == 0)
              .toList();
      proposed.doubt("/time", "not all texts are times: " + NumberTexts.some(others));
    }
    zone(column, time);
  }

  /** Hours and instants need a zone, unless the texts name their offset. */
  private void zone(Column column, ObjectNode time) {
    boolean hours = dataset.frequency() == Frequency.H || dataset.frequency() == Frequency.N;
    String pattern = time.path("pattern").asText();
    boolean zoned = time.has("epoch") || ZONE_LETTER.matcher(pattern).find();
    boolean usual = pattern.isEmpty() && !time.has("zone") && !time.has("excel");
    if (!hours || zoned || usual) {
      return;
    }
    Optional<Column> zones = Zones.column(free);
    if (zones.isPresent()) {
      free.remove(zones.get());
      Zones.putTo(time, zones.get());
      proposed.reason("/time/zone", "the texts in " + zones.get() + " are time zones");
    } else {
      proposed.doubt(
          "/time/zone", "the times in %s have no zone, and are read as UTC".formatted(column));
    }
  }

  /** A column without numbers holds no values. */
  private void wide(ValueFinder values) {
    List<Column> holding =
        free.stream().filter(column -> column.fill() == 0 || numeric.is(column)).toList();
    Set<Column> empty = new LinkedHashSet<>(free);
    holding.forEach(empty::remove);
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    empty.stream().forEach(column -> others.add(column.name()));
    table.unreadable().forEach(others::add);
    if (!others.isEmpty()) {
      proposed.object("values").set("exclude", others);
      proposed.reason("/values/exclude", "these columns hold no numbers, or cannot be told apart");
    }
    values.describe(holding);
  }
}
