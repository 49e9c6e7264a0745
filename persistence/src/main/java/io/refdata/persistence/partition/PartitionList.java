package io.refdata.persistence.partition;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The partitions of all datasets, present and retired, with their sizes. */
@Dependent
public class PartitionList {
  private static final String SIZED =
      """
      select p.code, p.lower, p.upper, p.state, p.retired_at,
             v.oid::regclass::text, v.reltuples, pg_total_relation_size(v.oid),
             w.oid::regclass::text, w.reltuples, pg_total_relation_size(w.oid)
        from (select d.code, p.lower, p.upper, p.state, p.retired_at, p.place,
                     max(p.leaf) filter (where p.kind = 'VALUE') as leaf,
                     max(p.leaf) filter (where p.kind = 'VINTAGE') as vintages
                from (select dataset_id, lower, upper, kind, leaf, 'ACTIVE' as state,
                             null::timestamptz as retired_at, 'curated' as place
                        from curated.partition
                      union all
                      select dataset_id, lower, upper, kind, leaf,
                             case when gone_at is null then 'RETIRED'
                                  when on_expiry = 'DROP' then 'DROPPED' else 'ARCHIVED' end,
                             retired_at, case when gone_at is null then 'curated' else 'archive' end
                        from curated.retired_partition) p
                join curated.dataset d on d.id = p.dataset_id
               where (:dataset::text is null or d.code = :dataset)
                 and (:afterCode::text is null
                      or (d.code, p.lower) > (:afterCode collate "C", :afterLower::timestamptz))
               group by d.code, p.lower, p.upper, p.state, p.retired_at, p.place
               order by d.code, p.lower
               limit :limit) p
        left join pg_class v on v.relname = p.leaf and v.relnamespace = p.place::regnamespace
        left join pg_class w on w.relname = p.vintages and w.relnamespace = p.place::regnamespace
       order by p.code, p.lower
      """;

  private final Jdbi jdbi;

  @Inject
  public PartitionList(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The state of a partition. */
  public enum State {
    /** It is read and written. */
    ACTIVE,
    /** Retention has removed it from its dataset; its table is still to be removed. */
    RETIRED,
    /** Its table is in schema {@code archive}. */
    ARCHIVED,
    /** Its table is dropped. */
    DROPPED
  }

  /**
   * One of the tables of a partition.
   *
   * @param name with its schema
   * @param rows the planner's estimate; null if the table was never analyzed
   * @param bytes with its indexes
   */
  public record Table(String name, @Nullable Long rows, long bytes) {}

  /**
   * A partition of a dataset.
   *
   * @param from its first instant
   * @param to the first instant after it
   * @param retiredAt when retention removed it; null if it is active
   * @param values the table of current values; null if it is gone
   * @param vintages the table of values that were current before; null if it is gone
   */
  public record Listed(
      String dataset,
      Instant from,
      Instant to,
      State state,
      @Nullable Instant retiredAt,
      @Nullable Table values,
      @Nullable Table vintages) {}

  /**
   * Partitions by dataset and time.
   *
   * @param dataset the code of the only dataset to list; null for all
   * @param after the partition after which to begin, by its dataset and start; null for the first
   */
  public List<Listed> list(@Nullable String dataset, @Nullable Place after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SIZED)
                .bind("dataset", dataset)
                .bind("afterCode", after == null ? null : after.dataset())
                .bind("afterLower", after == null ? null : after.from().atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** The place of a partition in the list. */
  public record Place(String dataset, Instant from) {}

  private static Listed read(ResultSet row) throws SQLException {
    return new Listed(
        row.getString(1),
        instant(row, 2),
        instant(row, 3),
        State.valueOf(row.getString(4)),
        row.getString(5) == null ? null : instant(row, 5),
        table(row, 6),
        table(row, 9));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Table table(ResultSet row, int column) throws SQLException {
    String name = row.getString(column);
    if (name == null) {
      return null;
    }
    long rows = (long) row.getDouble(column + 1);
    return new Table(name, rows < 0 ? null : rows, row.getLong(column + 2));
  }
}
