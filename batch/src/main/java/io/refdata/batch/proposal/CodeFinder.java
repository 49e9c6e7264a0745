package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.batch.proposal.sample.Column;
import io.refdata.batch.proposal.sample.NumberTexts;
import io.refdata.batch.proposal.sample.Numeric;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Table;
import io.refdata.domain.item.value.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the column, or the columns, that identify the items of a file. */
final class CodeFinder {
  private static final double UNIQUE = 0.995;
  private static final double HALF = 0.5;
  private static final double MOSTLY = 0.75;
  private static final int MOST_JOINED = 10;
  private static final int LONG = 40;

  private final Table table;
  private final Numeric numeric;
  private final Lookup own;
  private final Proposed proposed;

  /**
   * @param own finds the items that exist already
   */
  CodeFinder(Table table, Numeric numeric, Lookup own, Proposed proposed) {
    this.table = table;
    this.numeric = numeric;
    this.own = own;
    this.proposed = proposed;
  }

  /** Finds them, and puts the source of the code into the layout. */
  List<Column> find() {
    List<Column> candidates = table.where(column -> column.fill() > HALF);
    if (candidates.isEmpty()) {
      candidates = table.where(column -> true);
    }
    List<Column> unique =
        candidates.stream()
            .filter(column -> column.uniqueness() >= UNIQUE && column.fill() >= MOSTLY)
            .filter(
                column -> length(column) <= LONG && (!numeric.is(column) || Numeric.whole(column)))
            .toList();
    boolean exists = candidates.stream().anyMatch(column -> known(column) >= HALF);
    candidates = unique.isEmpty() || exists ? candidates : unique;
    Column best =
        candidates.stream().max(Comparator.comparing(this::score)).orElse(table.columns().get(0));
    if (best.uniqueness() >= UNIQUE || known(best) >= HALF) {
      return single(best);
    }
    Optional<List<Column>> joined = joined(candidates);
    if (joined.isPresent()) {
      return several(joined.get());
    }
    proposed.doubt(
        "/properties/code",
        "in no column each line has another text; of lines with the same code only the first"
            + " counts");
    return single(best);
  }

  private double score(Column column) {
    double name = Synonyms.fit("code", column);
    boolean part =
        column.plainName().endsWith("code")
            || column.plainName().endsWith("id")
            || column.plainName().endsWith("symbol");
    boolean decimals = numeric.is(column) && !Numeric.whole(column);
    return (column.uniqueness() >= UNIQUE ? 3 : 2 * column.uniqueness())
        + 2 * codes(column)
        + column.fill()
        + (name > 0 ? 2 + name : part ? 1 : 0)
        + 3 * known(column)
        - (decimals ? 4 : 0)
        - (length(column) > LONG ? 1 : 0)
        - 0.001 * column.number();
  }

  private static double codes(Column column) {
    return column.share(text -> Code.parse(text).isPresent());
  }

  private double known(Column column) {
    return column.share(text -> own.find(Lookup.Way.CODE, text).isPresent());
  }

  private static double length(Column column) {
    return column.distinct().stream().mapToInt(String::length).average().orElse(0);
  }

  private List<Column> single(Column column) {
    ObjectNode source = Proposed.source(column);
    boolean known = known(column) >= HALF;
    List<String> others =
        column.distinct().stream().filter(text -> Code.parse(text).isEmpty()).toList();
    if (!others.isEmpty() && !known) {
      asCode(source, others);
    }
    proposed.object("properties").set("code", source);
    proposed.reason(
        "/properties/code",
        "%s has %d different texts in %d lines%s"
            .formatted(
                column,
                column.distinct().size(),
                Math.round(column.fill() * column.texts().size()),
                known ? ", most of them codes that exist" : ""));
    if (!known && others.isEmpty() && numeric.is(column)) {
      proposed.doubt(
          "/properties/code", "bare numbers: a prefix would keep them apart from those of others");
    }
    return List.of(column);
  }

  private void asCode(ObjectNode source, List<String> others) {
    source.put("as", "CODE");
    Set<String> made = new HashSet<>();
    List<String> twice = others.stream().filter(text -> !made.add(CodeFromName.as(text))).toList();
    proposed.reason("/properties/code/as", "no codes are " + NumberTexts.some(others));
    if (!twice.isEmpty()) {
      proposed.doubt(
          "/properties/code/as", "others would get the same code as " + NumberTexts.some(twice));
    }
  }

  /** The fewest columns that together are different in each line. */
  private Optional<List<Column>> joined(List<Column> candidates) {
    List<Column> parts =
        candidates.stream()
            .filter(column -> column.distinct().size() > 1 && length(column) <= LONG)
            .filter(column -> !(numeric.is(column) && !Numeric.whole(column)))
            .sorted(
                Comparator.comparing((Column column) -> -column.uniqueness() - codes(column) / 4))
            .limit(MOST_JOINED)
            .toList();
    List<List<Column>> sets = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        sets.add(List.of(parts.get(i), parts.get(j)));
      }
    }
    int pairs = sets.size();
    Optional<List<Column>> pair = best(sets);
    if (pair.isPresent()) {
      return pair;
    }
    for (List<Column> two : List.copyOf(sets.subList(0, pairs))) {
      parts.stream()
          .filter(third -> parts.indexOf(third) > parts.indexOf(two.get(1)))
          .forEach(third -> sets.add(List.of(two.get(0), two.get(1), third)));
    }
    return best(sets.subList(pairs, sets.size()));
  }

  private Optional<List<Column>> best(List<List<Column>> sets) {
    return sets.stream()
        .filter(set -> together(set) >= UNIQUE)
        .max(
            Comparator.comparing(
                (List<Column> set) ->
                    together(set)
                        + set.stream().mapToDouble(CodeFinder::codes).sum() / 4
                        + set.stream().mapToDouble(Column::fill).min().orElse(0)));
  }

  /** The number of different texts that columns have together for each line that has them all. */
  private static double together(List<Column> set) {
    Set<String> distinct = new HashSet<>();
    int complete = 0;
    for (int line = 0; line < set.get(0).texts().size(); line++) {
      int at = line;
      List<String> texts = set.stream().map(column -> column.texts().get(at)).toList();
      if (texts.stream().noneMatch(String::isEmpty)) {
        complete++;
        distinct.add(CodeFromName.as(String.join("\0", texts)));
      }
    }
    return complete == 0 ? 0 : (double) distinct.size() / complete;
  }

  private List<Column> several(List<Column> found) {
    List<Column> columns = found.stream().sorted(Comparator.comparing(Column::number)).toList();
    ObjectNode source = proposed.object("properties").putObject("code");
    ArrayNode names = source.putArray("columns");
    columns.forEach(column -> column.addTo(names));
    boolean codes = columns.stream().allMatch(column -> codes(column) == 1);
    if (codes) {
      source.put("join", "-");
    } else {
      source.put("as", "CODE");
    }
    proposed.reason(
        "/properties/code/columns", "no single column, but these together differ in each line");
    double fill = columns.stream().mapToDouble(Column::fill).min().orElse(1);
    if (fill < 1) {
      proposed.doubt(
          "/properties/code",
          "%.0f %% of the lines lack a part of the code, and are rejected"
              .formatted(100 * (1 - fill)));
    }
    return columns;
  }
}
