package io.refdata.domain.layout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a dimension's, a property's or the time's value comes from: one of a column, a constant or
 * the header of the column that holds the value; then what is done to it.
 *
 * @param column the header of the column it is read from; of NDJSON, the member
 * @param constant the same for every line
 * @param header {@code true}: the header itself; a text: an expression as RE2 has them, whose one
 *     group in the header is the value; never {@code false}
 * @param as {@code CODE}: upper-case, what a code cannot hold becomes {@code _}
 * @param map what values stand for, as the file has them; {@code as} does not touch what it gives
 * @param match {@code name}: finds the item by its exact name instead of its code
 * @param create makes the item that is missing
 * @param pattern how a time is written, as in {@link java.time.format.DateTimeFormatter}
 */
public record Source(
    @Nullable String column,
    @Nullable String constant,
    @Nullable Object header,
    @Nullable String as,
    @Nullable Map<String, String> map,
    @Nullable String match,
    boolean create,
    @Nullable String pattern) {

  /** The column of that header, as it is. */
  public static Source column(String column) {
    return new Source(column, null, null, null, null, null, false, null);
  }

  /** Whether it comes from the header of the column that holds the value. */
  public boolean fromHeader() {
    return header != null;
  }

  /** Whether the item is looked for by its name. */
  public boolean byName() {
    return "name".equals(match);
  }
}
