package io.refdata.batch.load.observation;

import io.refdata.batch.file.NumberedTexts;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The series that a file speaks of, numbered from 0, with their ids: those of the dataset's series,
 * or new ones. One thread asks at a time, in the order of the file, so that new series are numbered
 * in that order. Only what the file speaks of is in memory, and as little of it as can be: a file
 * may speak of a series in each line.
 */
final class SeriesIds implements AutoCloseable {
  private static final int ASKED_AT_A_TIME = 10_000;

  private final Jdbi jdbi;
  private final int dataset;
  private final SeriesRoom room = new SeriesRoom();
  private final NumberedTexts keys = new NumberedTexts();
  private final BitSet made = new BitSet();
  private int[] ids = new int[64];
  private long[] first = new long[64];
  private long[] last = new long[64];
  private boolean distinct = true;

  SeriesIds(Jdbi jdbi, int dataset) {
    this.jdbi = jdbi;
    this.dataset = dataset;
  }

  /** The numbers of series, in their order. */
  int[] of(List<String> asked) {
    int[] numbers = new int[asked.size()];
    for (int from = 0; from < asked.size(); from += ASKED_AT_A_TIME) {
      int to = Math.min(asked.size(), from + ASKED_AT_A_TIME);
      addMissing(asked.subList(from, to));
      for (int i = from; i < to; i++) {
        numbers[i] = find(asked.get(i));
      }
    }
    return numbers;
  }

  private int find(String key) {
    char[] chars = key.toCharArray();
    return keys.find(chars, 0, chars.length);
  }

  private void addMissing(List<String> asked) {
    List<String> missing = new ArrayList<>();
    for (String key : asked) {
      if (find(key) < 0) {
        missing.add(key);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    room.take(missing.size());
    jdbi.useHandle(
        handle -> {
          Map<String, Integer> known = known(handle, missing);
          List<Integer> reserved = reserve(handle, missing.size() - known.size());
          int used = 0;
          for (String key : missing) {
            if (find(key) < 0) {
              Integer id = known.get(key);
              add(key, id == null ? reserved.get(used++) : id, id == null);
            }
          }
        });
  }

  private Map<String, Integer> known(Handle handle, List<String> asked) {
    Map<String, Integer> known = new HashMap<>();
    handle
        .createQuery(
            "select key, id from curated.series where dataset_id = :dataset and key = any(:keys)")
        .bind("dataset", dataset)
        .bindArray("keys", String.class, asked)
        .map((row, context) -> known.put(row.getString(1), row.getInt(2)))
        .stream()
        .forEach(added -> {});
    return known;
  }

  private static List<Integer> reserve(Handle handle, int count) {
    return count <= 0
        ? List.of()
        : handle
            .createQuery(
                "select nextval(pg_get_serial_sequence('curated.series', 'id'))"
                    + " from generate_series(1, :count)")
            .bind("count", count)
            .mapTo(Integer.class)
            .list();
  }

  private void add(String key, int id, boolean isNew) {
    char[] chars = key.toCharArray();
    int number = keys.add(chars, 0, chars.length);
    if (number == ids.length) {
      ids = Arrays.copyOf(ids, 2 * number);
      first = Arrays.copyOf(first, 2 * number);
      last = Arrays.copyOf(last, 2 * number);
    }
    ids[number] = id;
    first[number] = Long.MAX_VALUE;
    last[number] = Long.MIN_VALUE;
    made.set(number, isNew);
  }

  int id(int number) {
    return ids[number];
  }

  /**
   * More of a series was read, from one time to another. What comes after all before, or before it,
   * as in a file by time, cannot be there twice; anything else might.
   */
  void extend(int number, long from, long to) {
    distinct &= from > last[number] || to < first[number];
    first[number] = Math.min(first[number], from);
    last[number] = Math.max(last[number], to);
  }

  /** Whether it is certain that no series has a value for the same time twice. */
  boolean distinct() {
    return distinct;
  }

  /** Some lines spoke twice of the same, or may have. */
  void mayRepeat() {
    distinct = false;
  }

  /** Writes what the file speaks of to staging. */
  void stage(Handle handle, StagingTables staging) throws SQLException {
    try (BinaryCopy copy =
        new BinaryCopy(
            handle.getConnection(),
            staging.series() + " (first, last, id, made, key, dimensions)")) {
      for (int number = 0; number < keys.size(); number++) {
        String key = keys.text(number);
        copy.row(6)
            .instant(first[number])
            .instant(last[number])
            .int4(ids[number])
            .bool(made.get(number))
            .text(key)
            // A code has no dot.
            .texts(Arrays.asList(key.split("\\.", -1)));
      }
      copy.end();
    }
  }

  @Override
  public void close() {
    room.close();
  }
}
