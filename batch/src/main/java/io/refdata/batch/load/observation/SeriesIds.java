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
 * The series in a file, with numbers from 0 and with ids: the ids of existing series of the
 * dataset, or new ids. Only one thread at a time resolves series, in the order of the file, so that
 * new series are numbered in that order. Only the series of the file are in memory, in a compact
 * form, because each line of a file may have another series.
 */
final class SeriesIds implements AutoCloseable {
  private static final int KEYS_PER_QUERY = 10_000;

  private final Jdbi jdbi;
  private final int dataset;
  private final SeriesMemory room = new SeriesMemory();
  private final NumberedTexts keys = new NumberedTexts();
  private final BitSet created = new BitSet();
  private int[] ids = new int[64];
  private long[] first = new long[64];
  private long[] last = new long[64];
  private boolean distinct = true;

  SeriesIds(Jdbi jdbi, int dataset) {
    this.jdbi = jdbi;
    this.dataset = dataset;
  }

  /** The numbers of the series with these keys, in the order of the keys. */
  int[] numbersOf(List<String> requested) {
    int[] numbers = new int[requested.size()];
    for (int from = 0; from < requested.size(); from += KEYS_PER_QUERY) {
      int to = Math.min(requested.size(), from + KEYS_PER_QUERY);
      addMissing(requested.subList(from, to));
      for (int i = from; i < to; i++) {
        numbers[i] = find(requested.get(i));
      }
    }
    return numbers;
  }

  private int find(String key) {
    char[] chars = key.toCharArray();
    return keys.find(chars, 0, chars.length);
  }

  private void addMissing(List<String> requested) {
    List<String> missing = new ArrayList<>();
    for (String key : requested) {
      if (find(key) < 0) {
        missing.add(key);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    room.reserve(missing.size());
    jdbi.useHandle(
        handle -> {
          Map<String, Integer> existing = existing(handle, missing);
          List<Integer> reserved = reserve(handle, missing.size() - existing.size());
          int used = 0;
          for (String key : missing) {
            if (find(key) < 0) {
              Integer id = existing.get(key);
              add(key, id == null ? reserved.get(used++) : id, id == null);
            }
          }
        });
  }

  private Map<String, Integer> existing(Handle handle, List<String> requested) {
    Map<String, Integer> existing = new HashMap<>();
    handle
        .createQuery(
            "select key, id from curated.series where dataset_id = :dataset and key = any(:keys)")
        .bind("dataset", dataset)
        .bindArray("keys", String.class, requested)
        .map((row, context) -> existing.put(row.getString(1), row.getInt(2)))
        .stream()
        .forEach(added -> {});
    return existing;
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
    created.set(number, isNew);
  }

  int id(int number) {
    return ids[number];
  }

  /**
   * Adds a time span of a series that was read, in microseconds since 1970-01-01T00:00:00Z. If the
   * span is after or before all earlier spans, as in a file that is sorted by time, it contains no
   * duplicates; otherwise it may.
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

  /** Notes that some lines may be duplicates. */
  void mayRepeat() {
    distinct = false;
  }

  /** Writes the series of the file to staging. */
  void stage(Handle handle, StagingTables staging) throws SQLException {
    try (BinaryCopy copy =
        new BinaryCopy(
            handle.getConnection(),
            staging.series() + " (first, last, id, is_new, key, dimensions)")) {
      for (int number = 0; number < keys.size(); number++) {
        String key = keys.text(number);
        copy.row(6)
            .instant(first[number])
            .instant(last[number])
            .int4(ids[number])
            .bool(created.get(number))
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
