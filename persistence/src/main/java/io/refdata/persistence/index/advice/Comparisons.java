package io.refdata.persistence.index.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one table that a condition of a plan compares with something else, so that an
 * index on them could find the rows. The condition is as EXPLAIN writes it: {@code ((f.fuel = $1)
 * AND (f.capacity_mw >= $2))}. Only what is joined by AND counts; expressions are left out.
 *
 * @param equal columns that are compared by {@code =} or {@code = ANY}
 * @param ranges columns that are compared by {@code <}, {@code <=}, {@code >} or {@code >=}
 */
record Comparisons(Set<String> equal, Set<String> ranges) {
  private static final String AND = " AND ";
  private static final Set<String> RANGE = Set.of("<", "<=", ">", ">=");

  Comparisons() {
    this(new LinkedHashSet<>(), new LinkedHashSet<>());
  }

  /**
   * Adds those of a condition.
   *
   * @param alias the name of the table in the statement, as EXPLAIN writes it
   */
  void add(String condition, String alias) {
    for (String part : conjuncts(condition.strip())) {
      String inner = isWrapped(part) ? part.substring(1, part.length() - 1) : part;
      List<String> words = words(inner);
      if (words.size() < 3) {
        continue;
      }
      String operator = words.get(1);
      String right = String.join(" ", words.subList(2, words.size()));
      note(words.get(0), operator, right, alias);
      if (words.size() == 3) {
        note(right, operator, words.get(0), alias);
      }
    }
  }

  private void note(String side, String operator, String other, String alias) {
    String column = column(side, alias);
    // An index can't find rows by two columns of the same row that are equal.
    if (column == null || column(other, alias) != null) {
      return;
    }
    if (operator.equals("=")) {
      equal.add(column);
    } else if (RANGE.contains(operator)) {
      ranges.add(column);
    }
  }

  /** The column of a side; null if the side is anything else. */
  private static @Nullable String column(String side, String alias) {
    String text = side;
    int cast = text.indexOf("::");
    if (cast >= 0) {
      text = text.substring(0, cast);
    }
    if (isWrapped(text)) {
      text = text.substring(1, text.length() - 1);
    }
    if (!text.startsWith(alias + ".")) {
      return null;
    }
    String column = text.substring(alias.length() + 1);
    boolean plain =
        column.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '$');
    boolean quoted = column.startsWith("\"") && column.indexOf('"', 1) == column.length() - 1;
    return plain || quoted ? column : null;
  }

  /** The parts that AND joins, at the highest level. */
  private static List<String> conjuncts(String condition) {
    String text = condition;
    List<String> parts = split(text, AND);
    while (parts.size() == 1 && isWrapped(text) && split(inner(text), AND).size() > 1) {
      text = inner(text);
      parts = split(text, AND);
    }
    return parts;
  }

  /** The words of a comparison: its left side, its operator, its right side. */
  private static List<String> words(String comparison) {
    return split(comparison, " ");
  }

  private static String inner(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static boolean isWrapped(String text) {
    return text.startsWith("(") && end(text, 0) == text.length() - 1;
  }

  /** Splits outside of parentheses and quotes. */
  private static List<String> split(String text, String by) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(' || c == '\'' || c == '"') {
        at = end(text, at) + 1;
      } else if (text.startsWith(by, at)) {
        parts.add(text.substring(from, at));
        at += by.length();
        from = at;
      } else {
        at++;
      }
    }
    parts.add(text.substring(Math.min(from, text.length())));
    return parts;
  }

  /** The index of the end of what begins with a parenthesis or a quote. */
  private static int end(String text, int from) {
    char first = text.charAt(from);
    if (first != '(') {
      int end = text.indexOf(first, from + 1);
      return end < 0 ? text.length() - 1 : end;
    }
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        at = end(text, at);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return at;
      }
      at++;
    }
    return text.length() - 1;
  }
}
