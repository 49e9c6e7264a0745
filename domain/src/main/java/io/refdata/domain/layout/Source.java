package io.refdata.domain.layout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source of the value of a dimension, a property or the time: a column, a constant, or the
 * header of the column that holds the value; and the steps that change the text from there.
 *
 * @param column the header of the column; in NDJSON, the name of the member
 * @param constant the value of every line
 * @param header {@code true}: the header itself is the value; a text: an RE2 regular expression,
 *     whose one group in the header is the value; never {@code false}
 * @param as {@code CODE}: letters become upper-case, and characters that a code cannot hold become
 *     {@code _}
 * @param map the values by the texts in the file; {@code as} does not change a value from this map
 * @param match {@code name}: the item is found by its exact name instead of its code
 * @param create true: an item that does not exist is created
 * @param pattern the form of a time, a {@link TimePattern}
 * @param locale the language of the names of months and days in the pattern, like {@code de};
 *     English if null
 * @param within true: a day or instant stands for the period that it is in; else it must be its
 *     first or last day
 */
public record Source(
    @Nullable String column,
    @Nullable String constant,
    @Nullable Object header,
    @Nullable String as,
    @Nullable Map<String, String> map,
    @Nullable String match,
    boolean create,
    @Nullable String pattern,
    @Nullable String locale,
    boolean within) {

  /** The unchanged text of the column of that header. */
  public static Source column(String column) {
    return new Source(column, null, null, null, null, null, false, null, null, false);
  }

  /** True if the source is the header of the column that holds the value. */
  public boolean fromHeader() {
    return header != null;
  }

  /** True if the item is found by its name. */
  public boolean byName() {
    return "name".equals(match);
  }
}
