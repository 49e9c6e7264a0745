package io.refdata.persistence.sla;

import static java.util.stream.Collectors.joining;

import io.refdata.persistence.sql.SqlText;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** SQL that counts events by SLA and window. */
final class Counting {
  private static final SqlText COUNTED =
      SqlText.of(
          """
          select code, array[<all>] as events, array[<bad>] as bad
            from (<events>) e
           where age <= window_seconds
           group by code
          """);

  private Counting() {}

  /**
   * The statement over rows {@code (code, window_seconds, age, n, bad)}: of an SLA, so many events
   * so many seconds ago, and so many of them bad.
   */
  static String of(String events) {
    return COUNTED.with("events", events).with("all", sums("n")).with("bad", sums("bad")).text();
  }

  private static String sums(String column) {
    return Stream.concat(
            Stream.of("sum(%s)::bigint".formatted(column)),
            SlaState.BURN_WINDOWS.stream()
                .map(Duration::toSeconds)
                .map(
                    seconds ->
                        "coalesce(sum(%s) filter (where age <= %d), 0)::bigint"
                            .formatted(column, seconds)))
        .collect(joining(", "));
  }

  /** Reads a row of the result. */
  static Map.Entry<String, SlaCounts> read(ResultSet row) throws SQLException {
    return Map.entry(
        row.getString("code"), new SlaCounts(numbers(row, "events"), numbers(row, "bad")));
  }

  private static List<Long> numbers(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((Long[]) array.getArray());
  }
}
