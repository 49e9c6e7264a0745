package io.refdata.persistence.index.model;

import java.util.Locale;
import java.util.Set;

/** Puts another table in the place of one, in the text of a statement. */
final class TableNames {
  private final String sql;
  private final Set<String> names;
  private final String replacement;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private TableNames(String sql, Set<String> names, String replacement) {
    this.sql = sql;
    this.names = names;
    this.replacement = replacement;
  }

  /**
   * Replaces each {@code schema.table} of the names. Texts, comments and quoted names with dots in
   * them are left alone.
   *
   * @param names without quotes
   * @param replacement as SQL has it
   */
  static String replace(String sql, Set<String> names, String replacement) {
    return new TableNames(sql, names, replacement).replace();
  }

  private String replace() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'') {
        copyTo(endOfQuoted('\'', at));
      } else if (sql.startsWith("--", at)) {
        copyTo(after("\n", at));
      } else if (sql.startsWith("/*", at)) {
        copyTo(after("*/", at));
      } else if (c == '"' || isNameStart(c)) {
        name();
      } else {
        copyTo(at + 1);
      }
    }
    return out.toString();
  }

  private void name() {
    int end = endOfPart(at);
    if (end < sql.length() && sql.charAt(end) == '.' && end + 1 < sql.length()) {
      int second = end + 1;
      int secondEnd = endOfPart(second);
      if (secondEnd > second && names.contains(part(at, end) + "." + part(second, secondEnd))) {
        out.append(replacement);
        at = secondEnd;
        return;
      }
    }
    copyTo(end);
  }

  private String part(int from, int to) {
    return sql.charAt(from) == '"'
        ? sql.substring(from + 1, to - 1).replace("\"\"", "\"")
        : sql.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private int endOfPart(int from) {
    if (sql.charAt(from) == '"') {
      return endOfQuoted('"', from);
    }
    int end = from;
    while (end < sql.length() && (isNameStart(sql.charAt(end)) || isDigit(sql.charAt(end)))) {
      end++;
    }
    return end;
  }

  private int endOfQuoted(char quote, int from) {
    int end = sql.indexOf(quote, from + 1);
    return end < 0 ? sql.length() : end + 1;
  }

  private int after(String text, int from) {
    int end = sql.indexOf(text, from);
    return end < 0 ? sql.length() : end + text.length();
  }

  private void copyTo(int end) {
    out.append(sql, at, end);
    at = end;
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isDigit(char c) {
    return Character.isDigit(c) || c == '$';
  }
}
