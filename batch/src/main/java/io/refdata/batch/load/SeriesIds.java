package io.refdata.batch.load;

import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.StagingTables;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The ids of a dataset's series by key, and of those that a load is to make. */
final class SeriesIds {
  private static final int RESERVED_AT_A_TIME = 500;

  private final Jdbi jdbi;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, List<String>> created = new LinkedHashMap<>();
  private List<Integer> reserved = List.of();
  private int used;

  SeriesIds(Jdbi jdbi, int dataset) {
    this.jdbi = jdbi;
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select key, id from curated.series where dataset_id = :dataset")
                .bind("dataset", dataset)
                .map((row, context) -> ids.put(row.getString(1), row.getInt(2)))
                .list());
  }

  /** The id of the series with these dimension values, a new one if there is no such series. */
  int of(List<String> dimensions) {
    String key = dimensions.size() == 1 ? dimensions.get(0) : String.join(".", dimensions);
    Integer id = ids.get(key);
    if (id == null) {
      id = reserve();
      ids.put(key, id);
      created.put(key, List.copyOf(dimensions));
    }
    return id;
  }

  private int reserve() {
    if (used == reserved.size()) {
      reserved =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(
                          "select nextval(pg_get_serial_sequence('curated.series', 'id'))"
                              + " from generate_series(1, :count)")
                      .bind("count", RESERVED_AT_A_TIME)
                      .mapTo(Integer.class)
                      .list());
      used = 0;
    }
    return reserved.get(used++);
  }

  /** Writes the series to be made to staging. */
  void stage(Handle handle, StagingTables staging) throws SQLException {
    try (BinaryCopy copy =
        new BinaryCopy(handle.getConnection(), staging.series() + " (id, key, dimensions)")) {
      for (Map.Entry<String, List<String>> series : created.entrySet()) {
        copy.row(3)
            .int4(ids.getOrDefault(series.getKey(), 0))
            .text(series.getKey())
            .texts(series.getValue());
      }
      copy.end();
    }
  }
}
