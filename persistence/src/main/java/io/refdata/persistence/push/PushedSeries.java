package io.refdata.persistence.push;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.DimensionItems;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.persistence.revision.ResourceBusy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The series of a push; missing ones are created. */
final class PushedSeries {
  private final Handle handle;
  private final int dataset;
  private final List<Dimension> dimensions;
  private final Map<String, Integer> ids = new HashMap<>();
  private boolean created;

  PushedSeries(Handle handle, Dataset dataset, List<Row> rows) {
    this.handle = handle;
    this.dataset = Objects.requireNonNull(dataset.id());
    this.dimensions = dataset.dimensions();
    read(rows.stream().map(Row::key).distinct().toList());
  }

  /** True if the series of a row existed before. */
  boolean exists(Row row) {
    return ids.containsKey(row.key());
  }

  /**
   * Creates the missing series.
   *
   * @throws ResourceBusy if an item that one refers to was deleted since the rows were checked
   */
  void create(int revision, List<Row> rows) {
    List<Row> without = rows.stream().filter(row -> !exists(row)).toList();
    List<String> missing = without.stream().map(Row::key).distinct().toList();
    if (missing.isEmpty()) {
      return;
    }
    holdItems(without);
    created = true;
    handle
        .createUpdate(
            """
            insert into curated.series (dataset_id, rev, key, dimensions)
            select :dataset, :revision, key, string_to_array(key, '.') from unnest(:keys) as missing (key)
            on conflict (dataset_id, key) do nothing
            """)
        .bind("dataset", dataset)
        .bind("revision", revision)
        .bindArray("keys", String.class, missing)
        .execute();
    read(missing);
  }

  private void holdItems(List<Row> rows) {
    for (int i = 0; i < dimensions.size(); i++) {
      int index = i;
      Set<String> codes =
          rows.stream().map(row -> row.dimensions().get(index)).collect(Collectors.toSet());
      DimensionItems.hold(handle, dimensions.get(i), codes)
          .ifPresent(
              code -> {
                throw ResourceBusy.changed(dimensions.get(index).values() + "/" + code);
              });
    }
  }

  private void read(List<String> keys) {
    handle
        .createQuery(
            "select key, id from curated.series"
                + " where dataset_id = :dataset and key = any(:keys)")
        .bind("dataset", dataset)
        .bindArray("keys", String.class, keys)
        .map((row, context) -> ids.put(row.getString(1), row.getInt(2)))
        .list();
  }

  /** The dependencies that the observations change. */
  Dependencies touched() {
    return DatasetDependencies.pushed(dataset, ids.values(), created);
  }

  int id(Row row) {
    return Objects.requireNonNull(ids.get(row.key()));
  }

  static OffsetDateTime time(Row row) {
    return row.time().atOffset(ZoneOffset.UTC);
  }
}
