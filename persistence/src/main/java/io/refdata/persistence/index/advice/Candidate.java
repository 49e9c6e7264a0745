package io.refdata.persistence.index.advice;

import io.refdata.persistence.index.model.IndexForm;
import io.refdata.persistence.index.model.IndexSize;
import io.refdata.persistence.index.model.RealTable;
import io.refdata.persistence.index.model.RealTable.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An index that may be missing.
 *
 * @param keys its columns as SQL has them, with {@code DESC} if they are sorted so
 */
record Candidate(List<String> keys) {
  /** With more columns an index gets larger faster than it gets better. */
  private static final int MOST_COLUMNS = 3;

  Candidate {
    keys = List.copyOf(keys);
  }

  /** The indexes that would find the rows of a scan, or give them in its order. */
  static Set<Candidate> of(Scan scan, RealTable table) {
    List<String> equal = new ArrayList<>(scan.compared().equal());
    equal.sort(Comparator.comparingDouble((String name) -> -distinct(name, table)));
    List<String> best = equal.subList(0, Math.min(MOST_COLUMNS, equal.size()));
    Set<Candidate> candidates = new LinkedHashSet<>();
    if (!best.isEmpty()) {
      candidates.add(new Candidate(best));
      candidates.add(new Candidate(best.subList(0, 1)));
    }
    for (String range : scan.compared().ranges()) {
      candidates.add(new Candidate(List.of(range)));
      if (!best.isEmpty() && best.size() < MOST_COLUMNS && !best.contains(range)) {
        candidates.add(joined(best, List.of(range)));
      }
    }
    if (!scan.order().isEmpty() && best.size() + scan.order().size() <= MOST_COLUMNS) {
      candidates.add(joined(best, scan.order()));
    }
    candidates.removeIf(one -> one.columns(table).size() != one.keys().size());
    return candidates;
  }

  private static Candidate joined(List<String> first, List<String> second) {
    List<String> keys = new ArrayList<>(first);
    keys.addAll(second);
    return new Candidate(keys);
  }

  private static double distinct(String name, RealTable table) {
    return column(name, table)
        .map(one -> one.distinct() < 0 ? -one.distinct() * table.rows() : one.distinct())
        .orElse(0.0);
  }

  private static Optional<Column> column(String key, RealTable table) {
    int space = key.indexOf(' ');
    String name = space < 0 ? key : key.substring(0, space);
    return table.columns().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private List<Column> columns(RealTable table) {
    return keys.stream().flatMap(key -> column(key, table).stream()).toList();
  }

  IndexForm form() {
    return new IndexForm("btree", String.join(", ", keys), "", "");
  }

  /** The definition without names. */
  String text() {
    return "USING btree (" + String.join(", ", keys) + ")";
  }

  /** The pages that it would take. */
  long pages(RealTable table) {
    return IndexSize.pages(columns(table), table.rows());
  }

  /** The bytes that a written row would add to it. */
  int entryBytes(RealTable table) {
    return IndexSize.entryBytes(columns(table));
  }

  /** A name for it: table and columns, and what no other index has. */
  String name(String table, String id) {
    String words = table + "_" + String.join("_", keys.stream().map(Candidate::word).toList());
    return words.substring(0, Math.min(words.length(), 54)) + "_" + id.substring(0, 8);
  }

  private static String word(String key) {
    StringBuilder word = new StringBuilder();
    String column = key.contains(" COLLATE ") ? key.substring(0, key.indexOf(" COLLATE ")) : key;
    column
        .chars()
        .filter(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'))
        .forEach(c -> word.append((char) Character.toLowerCase(c)));
    return word.toString();
  }
}
