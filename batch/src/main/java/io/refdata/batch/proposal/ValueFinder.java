package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.NumberTexts;
import io.refdata.batch.proposal.sample.Numeric;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.domain.dataset.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the columns of values, statuses and units. */
final class ValueFinder {
  private static final List<String> VALUES =
      List.of(
          "obsvalue",
          "value",
          "values",
          "wert",
          "valeur",
          "valor",
          "price",
          "close",
          "load",
          "amount",
          "quantity",
          "total",
          "generation",
          "rate");
  private static final Set<String> STATUSES =
      Set.of(
          "status",
          "obsstatus",
          "flag",
          "flags",
          "obsflag",
          "obsflags",
          "observationstatus",
          "valuestatus");
  private static final Set<String> UNITS =
      Set.of("unit", "units", "uom", "unitofmeasure", "unitmeasure");
  private static final Pattern LETTER = Pattern.compile("[A-Z]");

  /** The letters of CL_OBS_STATUS by what publishers write. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("a", "A"),
          Map.entry("normal", "A"),
          Map.entry("b", "B"),
          Map.entry("break", "B"),
          Map.entry("d", "D"),
          Map.entry("e", "E"),
          Map.entry("estimated", "E"),
          Map.entry("estimate", "E"),
          Map.entry("f", "F"),
          Map.entry("forecast", "F"),
          Map.entry("i", "I"),
          Map.entry("imputed", "I"),
          Map.entry("p", "P"),
          Map.entry("provisional", "P"),
          Map.entry("preliminary", "P"),
          Map.entry("u", "U"));

  private final Numeric numeric;
  private final List<Column> free;
  private final Proposed proposed;

  /**
   * @param free the columns that have no use yet; those that get one are removed
   */
  ValueFinder(Numeric numeric, List<Column> free, Proposed proposed) {
    this.numeric = numeric;
    this.free = free;
    this.proposed = proposed;
  }

  /** Finds the column of the statuses. */
  void status() {
    Optional<Column> found =
        free.stream()
            .filter(column -> STATUSES.contains(column.plainName()))
            .filter(
                column ->
                    column.fill() > 0 && column.distinct().size() <= 30 && !numeric.is(column))
            .findFirst();
    if (found.isEmpty()) {
      return;
    }
    Column column = found.get();
    free.remove(column);
    ObjectNode status = Proposed.source(column);
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    List<String> unknown = new java.util.ArrayList<>();
    for (String text : column.distinct()) {
      String letter = LETTERS.get(text.toLowerCase(Locale.ROOT));
      if (LETTER.matcher(text).matches()) {
        continue;
      } else if (letter == null) {
        unknown.add(text);
      } else {
        map.put(text, letter);
      }
    }
    if (!map.isEmpty()) {
      status.set("map", map);
    }
    proposed.layout().set("status", status);
    proposed.reason("/status", column + " is named like a status");
    if (!unknown.isEmpty()) {
      proposed.doubt("/status/map", "which status is " + NumberTexts.some(unknown) + "?");
    }
  }

  /** Says what units the file names: a dataset has one, unless a dimension has it. */
  void units() {
    free.stream()
        .filter(column -> UNITS.contains(column.plainName()) && column.distinct().size() > 1)
        .findFirst()
        .ifPresent(
            column ->
                proposed.doubt(
                    "/value",
                    "%s has several units, which the layout does not tell apart: %s"
                        .formatted(column, NumberTexts.some(List.copyOf(column.distinct())))));
  }

  /** Finds the column of the values of a long file. */
  void value(Dataset dataset, List<Column> used) {
    List<Column> numbers = free.stream().filter(numeric::is).toList();
    Optional<Column> best =
        numbers.stream()
            .max(java.util.Comparator.comparing((Column column) -> score(column, dataset)));
    Column column = best.or(() -> free.stream().findFirst()).orElseGet(() -> used.get(0));
    ObjectNode value = Proposed.source(column);
    if (best.isEmpty()) {
      proposed.doubt("/value", "no column of numbers is left");
    } else {
      numeric.describe(column, value, "/value");
      proposed.reason("/value/column", column + " holds numbers");
    }
    free.remove(column);
    free.stream()
        .filter(power -> power.plainName().equals("unitmult") && Numeric.whole(power))
        .findFirst()
        .ifPresent(power -> power.putTo(value.putObject("scale")));
    proposed.layout().set("value", value);
    List<String> others =
        numbers.stream().filter(other -> other != column).map(Column::name).toList();
    if (!others.isEmpty()) {
      proposed.doubt(
          "/value/column", "other columns hold numbers too: " + NumberTexts.some(others));
    }
    numeric.sayMissing(true);
  }

  private static double score(Column column, Dataset dataset) {
    int index = VALUES.indexOf(column.plainName());
    boolean word = column.words().stream().anyMatch(VALUES::contains);
    boolean own =
        Column.words(dataset.code() + " " + dataset.name()).stream()
            .anyMatch(column.words()::contains);
    return (index >= 0 ? 4 - 0.01 * index : 0)
        + (word ? 1.5 : 0)
        + (own ? 1 : 0)
        + (Numeric.whole(column) ? 0 : 0.7)
        + column.fill() / 2
        + 0.01 * column.number();
  }

  /** Says how the numbers of a wide file are written. */
  void describe(List<Column> columns) {
    Column all = new Column(0, "values", true);
    columns.forEach(column -> column.distinct().forEach(all::add));
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    numeric.describe(all, form, "");
    if (form.has("thousands")) {
      proposed.layout().set("thousands", form.get("thousands"));
    }
    if (form.has("percent") || form.has("parentheses")) {
      proposed.doubt("/values", "numbers with % or parentheses are not read in a wide file");
    }
    numeric.sayMissing(true);
  }
}
