package io.refdata.domain.layout;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source of the value of a dimension, a property or the time: a column, several columns, a
 * constant, or the header of the column that holds the value; and the steps that change the text
 * from there.
 *
 * @param column the header of the column; in NDJSON, the name of the member
 * @param columns several columns, whose texts are joined
 * @param join the text between them; a space if null
 * @param constant the value of every line
 * @param header {@code true}: the header itself is the value; a text: an RE2 regular expression,
 *     whose one group in the header is the value; never {@code false}
 * @param as {@code UPPER}: letters become upper-case; {@code CODE}: also characters that a code
 *     cannot hold become {@code _}
 * @param prefix a text put before
 * @param map the values by the texts in the file; {@code as} and {@code prefix} do not change a
 *     value from this map
 * @param match the property by which the item is found; by its code if null
 * @param create true: an item that does not exist is created
 * @param time how it is written if it is a time
 * @param number how it is written if it is a number
 */
public record Source(
    @Nullable String column,
    @Nullable List<String> columns,
    @Nullable String join,
    @Nullable String constant,
    @Nullable Object header,
    @Nullable String as,
    @Nullable String prefix,
    @Nullable Map<String, String> map,
    @Nullable String match,
    boolean create,
    TimeForm time,
    NumberForm number) {

  /** The name, as a property to match. */
  public static final String NAME = "name";

  /** The unchanged text of the column of that header. */
  public static Source column(String column) {
    return column(column, TimeForm.USUAL);
  }

  /** The time in the column of that header. */
  public static Source column(String column, TimeForm time) {
    return new Source(
        column, null, null, null, null, null, null, null, null, false, time, NumberForm.PLAIN);
  }

  /** The columns that it reads. */
  public Set<String> columnNames() {
    Set<String> names = new LinkedHashSet<>();
    add(names, column);
    if (columns != null) {
      names.addAll(columns);
    }
    add(names, time.zoneColumn());
    add(names, number.scaleColumn());
    return names;
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  /** True if the source is the header of the column that holds the value. */
  public boolean fromHeader() {
    return header != null;
  }

  /** True if the item is found by a property instead of its code. */
  public boolean matches() {
    return match != null;
  }

  /** True if the item is found by its name. */
  public boolean byName() {
    return NAME.equals(match);
  }

  /** True if texts become codes. */
  public boolean asCode() {
    return "CODE".equals(as);
  }

  /** The text that {@code map} gives for a text; null if it has no such text. */
  public @Nullable String mapped(String text) {
    return map == null ? null : map.get(text);
  }

  /** A text that is not in the map, with {@code UPPER} and {@code prefix}. */
  public String changed(String text) {
    String cased = "UPPER".equals(as) ? text.toUpperCase(Locale.ROOT) : text;
    return prefix == null ? cased : prefix + cased;
  }
}
