package io.refdata.batch.proposal.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a column of time zones. */
public final class Zones {
  private static final Pattern NUMBER_OR_LETTER = Pattern.compile("[+-]?+\\d++|[A-Z]");

  /** The offsets of abbreviations; those of a pair are the winter and the summer of one place. */
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("EST", "-05:00", "EDT", "-04:00"),
          List.of("CST", "-06:00", "CDT", "-05:00"),
          List.of("MST", "-07:00", "MDT", "-06:00"),
          List.of("PST", "-08:00", "PDT", "-07:00"),
          List.of("AKST", "-09:00", "AKDT", "-08:00"),
          List.of("WET", "+00:00", "WEST", "+01:00"),
          List.of("GMT", "+00:00", "BST", "+01:00"),
          List.of("CET", "+01:00", "CEST", "+02:00"),
          List.of("MEZ", "+01:00", "MESZ", "+02:00"),
          List.of("EET", "+02:00", "EEST", "+03:00"),
          List.of("AEST", "+10:00", "AEDT", "+11:00"));

  private Zones() {}

  /** The first column whose texts are all zones. */
  public static Optional<Column> column(List<Column> columns) {
    return columns.stream()
        .filter(
            column ->
                column.fill() == 1
                    && column.distinct().size() <= 30
                    && column.distinct().stream()
                        .allMatch(
                            text ->
                                pair(text) != null
                                    || isZone(text) && !NUMBER_OR_LETTER.matcher(text).matches()))
        .findFirst();
  }

  /** Writes a zone into the source of the time. */
  public static void putTo(ObjectNode time, Column column) {
    ObjectNode zone = time.putObject("zone").put("column", column.name());
    Map<String, String> map = new TreeMap<>();
    for (String text : column.distinct()) {
      List<String> pair = pair(text);
      if (pair != null) {
        map.put(pair.get(0), pair.get(1));
        map.put(pair.get(2), pair.get(3));
      }
    }
    if (!map.isEmpty()) {
      ObjectNode zones = zone.putObject("map");
      new LinkedHashMap<>(map).forEach(zones::put);
    }
  }

  private static @Nullable List<String> pair(String text) {
    return PAIRS.stream()
        .filter(pair -> pair.get(0).equals(text) || pair.get(2).equals(text))
        .findFirst()
        .orElse(null);
  }

  private static boolean isZone(String text) {
    try {
      ZoneId.of(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
