package io.refdata.persistence.load;

import io.refdata.persistence.dataset.DatasetSubjects;
import io.refdata.persistence.load.Pushed.Row;
import io.refdata.persistence.version.Subjects;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
  Subjects touched() {
    return DatasetSubjects.pushed(dataset, ids.values(), made);
  }

  int id(Row row) {
    return Objects.requireNonNull(ids.get(row.key()));
  }

  static OffsetDateTime time(Row row) {
    return row.time().atOffset(ZoneOffset.UTC);
  }

  /** Notes from when to when they have observations now. */
  void extend(List<Row> rows) {
    Map<Integer, List<Instant>> times =
        rows.stream()
            .filter(row -> outside(row))
            .collect(
                Collectors.groupingBy(
                    this::id, Collectors.mapping(Row::time, Collectors.toList())));
    if (times.isEmpty()) {
      return;
    }
    List<Integer> series = new ArrayList<>(times.keySet());
    handle
        .createUpdate(
            """
            update curated.series s
               set first = least(s.first, p.first), last = greatest(s.last, p.last)
              from unnest(:series, :first, :last) as p (id, first, last)
             where s.id = p.id and (s.first is null or p.first < s.first or p.last > s.last)
            """)
        .bindArray("series", Integer.class, series)
        .bindArray(
            "first",
            OffsetDateTime.class,
            series.stream()
                .map(id -> utc(times(times, id).stream().min(Instant::compareTo)))
                .toList())
        .bindArray(
            "last",
            OffsetDateTime.class,
            series.stream()
                .map(id -> utc(times(times, id).stream().max(Instant::compareTo)))
                .toList())
        .execute();
  }

  private boolean outside(Row row) {
    Span span = spans.get(id(row));
    return span == null || !span.holds(row.time());
  }

  private static List<Instant> times(Map<Integer, List<Instant>> times, int id) {
    return times.getOrDefault(id, List.of());
  }

  private static OffsetDateTime utc(java.util.Optional<Instant> time) {
    return time.orElseThrow().atOffset(ZoneOffset.UTC);
  }
}
