package io.refdata.persistence.push;

import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.push.Pushed.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The series that a push speaks of; those that are not there are made. */
final class PushedSeries {
  private final Handle handle;
  private final int dataset;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, Span> spans = new HashMap<>();
  private boolean made;

  /** From when to when a series had observations before. */
  private record Span(Instant first, Instant last) {
    boolean holds(Instant time) {
      return !time.isBefore(first) && !time.isAfter(last);
    }

    Span with(Span other) {
      return new Span(
          other.first.isBefore(first) ? other.first : first,
          other.last.isAfter(last) ? other.last : last);
    }
  }

  PushedSeries(Handle handle, int dataset, List<Row> rows) {
    this.handle = handle;
    this.dataset = dataset;
    read(rows.stream().map(Row::key).distinct().toList());
  }

  /** Whether the series of a row was there before. */
  boolean isKnown(Row row) {
    return ids.containsKey(row.key());
  }

  /** Makes those that are not there. */
  void make(int revision, List<Row> rows) {
    List<String> missing =
        rows.stream().map(Row::key).distinct().filter(key -> !ids.containsKey(key)).toList();
    if (missing.isEmpty()) {
      return;
    }
    made = true;
    handle
        .createUpdate(
            """
            insert into curated.series (dataset_id, rev, key, dimensions)
            select :dataset, :revision, key, string_to_array(key, '.') from unnest(:keys) as made (key)
            on conflict (dataset_id, key) do nothing
            """)
        .bind("dataset", dataset)
        .bind("revision", revision)
        .bindArray("keys", String.class, missing)
        .execute();
    read(missing);
  }

  private void read(List<String> keys) {
    handle
        .createQuery(
            "select key, id, first, last from curated.series"
                + " where dataset_id = :dataset and key = any(:keys)")
        .bind("dataset", dataset)
        .bindArray("keys", String.class, keys)
        .map(
            (row, context) -> {
              ids.put(row.getString(1), row.getInt(2));
              OffsetDateTime first = row.getObject(3, OffsetDateTime.class);
              if (first != null) {
                spans.put(
                    row.getInt(2),
                    new Span(
                        first.toInstant(), row.getObject(4, OffsetDateTime.class).toInstant()));
              }
              return true;
            })
        .list();
  }

  /** What the observations touch. */
  Dependencies touched() {
    return DatasetDependencies.pushed(dataset, ids.values(), made);
  }

  int id(Row row) {
    return Objects.requireNonNull(ids.get(row.key()));
  }

  static OffsetDateTime time(Row row) {
    return row.time().atOffset(ZoneOffset.UTC);
  }

  /**
   * Series that have observations before or after all they had, and from when to when those are.
   */
  record Extension(List<Integer> series, List<OffsetDateTime> first, List<OffsetDateTime> last) {}

  /** How rows extend their series. */
  Extension extension(List<Row> rows) {
    Map<Integer, Span> extended = new TreeMap<>();
    for (Row row : rows) {
      if (outside(row)) {
        extended.merge(id(row), new Span(row.time(), row.time()), Span::with);
      }
    }
    return new Extension(
        List.copyOf(extended.keySet()),
        extended.values().stream().map(span -> span.first().atOffset(ZoneOffset.UTC)).toList(),
        extended.values().stream().map(span -> span.last().atOffset(ZoneOffset.UTC)).toList());
  }

  private boolean outside(Row row) {
    Span span = spans.get(id(row));
    return span == null || !span.holds(row.time());
  }
}
