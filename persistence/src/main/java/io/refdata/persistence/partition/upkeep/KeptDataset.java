package io.refdata.persistence.partition.upkeep;

import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A dataset and the rules for its partitions.
 *
 * @param latest the latest observation of any of its series; null if it has none
 */
record KeptDataset(int id, String code, Partitioning partitioning, @Nullable Instant latest) {

  private static final String SELECT =
      """
      select d.id, d.code, d.interval, d.premake, d.retention, d.on_expiry,
             (select max(s.latest) from curated.series s where s.dataset_id = d.id)
        from curated.dataset d
      """;

  /** All datasets, by code. */
  static List<KeptDataset> all(Handle handle) {
    return handle.createQuery(SELECT + "order by d.code").map((row, context) -> read(row)).list();
  }

  /** The dataset with a code. */
  static Optional<KeptDataset> find(Handle handle, String code) {
    return handle
        .createQuery(SELECT + "where d.code = :code")
        .bind("code", code)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The dataset as it is now, and stays until the transaction ends; empty if it was deleted. */
  Optional<KeptDataset> locked(Handle handle) {
    return handle
        .createQuery(SELECT + "where d.id = :id for share of d")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The instant before which partitions are to be retired; null if none is, or it is gone. */
  @Nullable Instant keptFrom() {
    return partitioning.keptFrom(Instant.now());
  }

  private static KeptDataset read(ResultSet row) throws SQLException {
    OffsetDateTime latest = row.getObject(7, OffsetDateTime.class);
    return new KeptDataset(
        row.getInt(1),
        row.getString(2),
        new Partitioning(
            Interval.valueOf(row.getString(3)),
            row.getInt(4),
            row.getString(5),
            OnExpiry.valueOf(row.getString(6))),
        latest == null ? null : latest.toInstant());
  }
}
