package io.refdata.api.table;

import java.util.List;
import java.util.Map;

/**
 * The head of a table, known before its rows.
 *
 * @param name the name of a sheet, or of a record
 * @param about what a reader of a file should know of its content, by name; only Parquet keeps it
 */
public record Table(String name, List<Column> columns, Map<String, String> about) {
  /**
   * A column.
   *
   * @param name unlike that of any other column of the table
   * @param isRequired whether no cell of it is null
   */
  public record Column(String name, Kind kind, boolean isRequired) {
    /** A column whose cells may be null. */
    public static Column optional(String name, Kind kind) {
      return new Column(name, kind, false);
    }

    /** A column of texts, none of which is null. */
    public static Column text(String name) {
      return new Column(name, Kind.TEXT, true);
    }
  }

  /** The type of the cells of a column. */
  public enum Kind {
    /** A {@code String}, or any object that is written as its text. */
    TEXT,
    /** A finite {@code Double}. */
    NUMBER,
    /** An {@code Integer}. */
    WHOLE
  }
}
