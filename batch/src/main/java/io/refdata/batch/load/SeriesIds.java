package io.refdata.batch.load;

import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.StagingTables;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The series of a dataset by key, and those that a load is to make. One thread asks at a time, in
 * the order of the file, so that new series are numbered in that order.
 */
final class SeriesIds {
  private static final int RESERVED_AT_A_TIME = 500;

  private final Jdbi jdbi;
  private final Map<String, Integer> known = new HashMap<>();
  private final Map<String, Spoken> spoken = new LinkedHashMap<>();
  private final Queue<Integer> reserved = new ArrayDeque<>();
  private boolean distinct = true;

  SeriesIds(Jdbi jdbi, int dataset) {
    this.jdbi = jdbi;
    jdbi.useTransaction(
        handle ->
            handle
                .createQuery("select key, id from curated.series where dataset_id = :dataset")
                .bind("dataset", dataset)
                .setFetchSize(10_000)
                .map((row, context) -> known.put(row.getString(1), row.getInt(2)))
                .stream()
                .forEach(added -> {}));
  }

  /** A series that the file speaks of, and from when to when it does so far. */
  final class Spoken {
    private final int id;
    private final boolean made;
    private final List<String> dimensions;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private Spoken(int id, boolean made, List<String> dimensions) {
      this.id = id;
      this.made = made;
      this.dimensions = dimensions;
    }

    int id() {
      return id;
    }

    /**
     * More of it was read, from one time to another. What comes after all before, or before it, as
     * in a file by time, cannot be there twice; anything else might.
     */
    void extend(long from, long to) {
      distinct &= from > last || to < first;
      first = Math.min(first, from);
      last = Math.max(last, to);
    }
  }

  /** The series with these dimension values, a new one if there is no such series. */
  Spoken of(List<String> dimensions) {
    String key = String.join(".", dimensions);
    Spoken series = spoken.get(key);
    if (series == null) {
      Integer id = known.get(key);
      series = new Spoken(id == null ? reserve() : id, id == null, List.copyOf(dimensions));
      spoken.put(key, series);
    }
    return series;
  }

  /** Whether it is certain that no series has a value for the same time twice. */
  boolean distinct() {
    return distinct;
  }

  /** Some lines spoke twice of the same, or may have. */
  void mayRepeat() {
    distinct = false;
  }

  private int reserve() {
    if (reserved.isEmpty()) {
      reserved.addAll(
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(
                          "select nextval(pg_get_serial_sequence('curated.series', 'id'))"
                              + " from generate_series(1, :count)")
                      .bind("count", RESERVED_AT_A_TIME)
                      .mapTo(Integer.class)
                      .list()));
    }
    return reserved.remove();
  }

  /** Writes what the file speaks of to staging. */
  void stage(Handle handle, StagingTables staging) throws SQLException {
    try (BinaryCopy copy =
        new BinaryCopy(
            handle.getConnection(),
            staging.series() + " (first, last, id, made, key, dimensions)")) {
      for (Map.Entry<String, Spoken> entry : spoken.entrySet()) {
        Spoken series = entry.getValue();
        copy.row(6)
            .instant(series.first)
            .instant(series.last)
            .int4(series.id)
            .bool(series.made)
            .text(entry.getKey())
            .texts(series.dimensions);
      }
      copy.end();
    }
  }
}
