package io.refdata.persistence.sql;

import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * Puts a name into each statement that Hibernate sends (persistence.xml): {@code entities}, what is
 * done, and the table that is named first, as in {@code entities.insert.facility_aud}.
 */
public class EntityStatements implements StatementInspector {
  private static final long serialVersionUID = 1;
  private static final ThreadLocal<@Nullable String> PREPARED = new ThreadLocal<>();

  @Override
  public String inspect(String sql) {
    String name = nameOf(sql);
    PREPARED.set(name);
    return StatementName.tag(sql, name);
  }

  /** The name of the statement that this thread prepared last. */
  static @Nullable String prepared() {
    return PREPARED.get();
  }

  static String nameOf(String sql) {
    int verbEnd = sql.indexOf(' ');
    if (verbEnd < 0) {
      return "entities." + sql;
    }
    String verb = sql.substring(0, verbEnd);
    int table =
        switch (verb) {
          case "update" -> verbEnd;
          case "insert" -> sql.indexOf(" into ") + " into".length();
          default -> sql.indexOf(" from ") + " from".length();
        };
    String name = "entities." + verb;
    return sql.charAt(table) == ' ' ? name + table(sql, table + 1) : name;
  }

  /** The table without its schema, after a dot; nothing if there is no plain name. */
  private static String table(String sql, int begin) {
    int end = begin;
    int simple = begin;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || "._".indexOf(sql.charAt(end)) >= 0)) {
      end++;
      simple = sql.charAt(end - 1) == '.' ? end : simple;
    }
    return simple == end ? "" : "." + sql.substring(simple, end);
  }
}
