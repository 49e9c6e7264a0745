package io.refdata.persistence.load;

import io.refdata.dataset.Dataset;
import io.refdata.persistence.load.Pushed.Refusal;
import io.refdata.persistence.load.Pushed.Row;
import io.refdata.persistence.reference.ItemCaches;
import io.refdata.persistence.reference.ItemSubjects;
import io.refdata.persistence.version.Change;
import io.refdata.persistence.version.Versions;
import io.refdata.reference.ItemType;
import io.refdata.revision.Author;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Merges a few observations at once, without a file and without staging, in one transaction. */
@Dependent
public class Pushes {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String PATIENCE = "2s";
  private static final int MOST_PARTITIONS = 1_000;

  private final Jdbi jdbi;
  private final ItemCaches caches;
  private final Versions versions;

  @Inject
  public Pushes(Jdbi jdbi, ItemCaches caches, Versions versions) {
    this.jdbi = jdbi;
    this.caches = caches;
    this.versions = versions;
  }

  /**
   * Merges the rows whose codes are known, or may be made; of duplicates the first.
   *
   * @param content the whole push in JSON, which is kept as it arrived
   * @param refused what was refused before
   * @throws DatasetBusy if a load holds the dataset for too long
   * @throws LoadRefused if the dataset would have too many partitions
   */
  public Pushed push(
      Dataset dataset, List<Row> rows, String content, List<Refusal> refused, Author author) {
    int id = Objects.requireNonNull(dataset.id());
    List<Refusal> rejected = new ArrayList<>(refused);
    Set<ItemType<?>> made = new LinkedHashSet<>();
    try (Change change = versions.begin()) {
      Merging merging =
          jdbi.inTransaction(
              handle -> {
                handle.execute("set local lock_timeout = '" + PATIENCE + "'");
                PushedSeries series = new PushedSeries(handle, id, rows);
                PushedCodes codes = new PushedCodes(handle, dataset);
                // What is on file already was checked when it was made.
                List<Row> accepted =
                    distinct(codes.check(rows, series::isKnown, rejected), rejected);
                keep(handle, content);
                if (accepted.isEmpty()) {
                  return new Merging(0, Merged.NOTHING, 0);
                }
                made.addAll(codes.create(author));
                Merging done = merge(handle, dataset, series, accepted, author);
                change.touch(ItemSubjects.loaded(made));
                if (!done.merged().equals(Merged.NOTHING)) {
                  change.touch(series.touched());
                }
                return done;
              });
      change.committed();
      made.forEach(caches::evict);
      rejected.sort(java.util.Comparator.comparingInt(Refusal::row));
      Merged merged = merging.merged();
      return new Pushed(
          merging.rows() == 0 ? null : merging.revision(),
          merging.rows() == 0 ? null : stamp(merging.revision()),
          merged.inserted(),
          merged.revised(),
          merging.rows() - merged.inserted() - merged.revised(),
          rejected);
    } catch (UnableToExecuteStatementException e) {
      if (e.getCause() instanceof SQLException sql
          && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
        throw new DatasetBusy("A load is being merged into " + dataset.code() + ".", e);
      }
      throw e;
    }
  }

  private record Merging(int revision, Merged merged, long rows) {}

  private static List<Row> distinct(List<Row> rows, List<Refusal> rejected) {
    record Place(String key, Instant time) {}
    Set<Place> seen = new HashSet<>();
    List<Row> distinct = new ArrayList<>();
    for (Row row : rows) {
      if (seen.add(new Place(row.key(), row.time()))) {
        distinct.add(row);
      } else {
        rejected.add(
            new Refusal(row.number(), "DUPLICATE_IN_FILE", "an earlier row says it already"));
      }
    }
    return distinct;
  }

  private static void keep(Handle handle, String content) {
    handle.execute(
        """
        insert into raw.payload (bytes, sha256, media_type, content, processed_at)
        select octet_length(c), sha256(convert_to(c, 'UTF8')), 'application/json', c::jsonb, clock_timestamp()
          from (values (?)) as pushed (c)
        """,
        content);
  }

  private static Merging merge(
      Handle handle, Dataset dataset, PushedSeries series, List<Row> rows, Author author) {
    int id = Objects.requireNonNull(dataset.id());
    Map<Instant, List<Row>> byPartition = new TreeMap<>();
    for (Row row : rows) {
      byPartition
          .computeIfAbsent(
              dataset.partitioning().interval().floor(row.time()), start -> new ArrayList<>())
          .add(row);
    }
    int revision =
        handle
            .createQuery("select ref.open_revision(:topic, :by, :reason)")
            .bind("topic", id)
            .bind("by", author.by())
            .bind("reason", author.reason())
            .mapTo(Integer.class)
            .one();
    series.make(revision, rows);
    Merged merged = Merged.NOTHING;
    for (Map.Entry<Instant, List<Row>> part : byPartition.entrySet()) {
      String leaf = leaf(handle, id, part.getKey());
      merged = merged.plus(merge(handle, id, leaf, series, part.getValue(), revision));
    }
    series.extend(rows);
    return new Merging(revision, merged, rows.size());
  }

  /** The partition, {@code 5_20200101}, which is made if it is not there. */
  private static String leaf(Handle handle, int dataset, Instant start) {
    String leaf = dataset + "_" + start.toString().substring(0, 10).replace("-", "");
    boolean there =
        handle
            .createQuery("select to_regclass(:leaf) is not null")
            .bind("leaf", "curated.observation_" + leaf)
            .mapTo(Boolean.class)
            .one();
    if (!there) {
      long partitions =
          handle
              .createQuery(
                  "select count(*) from pg_inherits where inhparent = cast(:p as regclass)")
              .bind("p", "curated.observation_" + dataset)
              .mapTo(Long.class)
              .one();
      if (partitions >= MOST_PARTITIONS) {
        throw new LoadRefused(
            "The dataset has %,d partitions and can have no more; a longer partitioning.interval would do."
                .formatted(partitions));
      }
      handle
          .createQuery("select curated.attach_partition(:dataset, :start)")
          .bind("dataset", dataset)
          .bind("start", OffsetDateTime.ofInstant(start, java.time.ZoneOffset.UTC))
          .mapTo(Boolean.class)
          .one();
    }
    return leaf;
  }

  /** One statement: against the partition itself, so that no other is looked at. */
  private static Merged merge(
      Handle handle, int dataset, String leaf, PushedSeries series, List<Row> rows, int revision) {
    return handle
        .createQuery(
            """
            with merged as (
              merge into curated.observation_%1$s o
              using unnest(:times, :values, :series, :statuses) s (time, value, series_id, status)
                 on o.dataset_id = %2$d and o.series_id = s.series_id and o.time = s.time
               when matched and (o.value is distinct from s.value or o.status <> s.status::"char") then
                    update set value = s.value, status = s.status::"char", rev = :revision
               when not matched then
                    insert (time, value, dataset_id, series_id, rev, status)
                    values (s.time, s.value, %2$d, s.series_id, :revision, s.status::"char")
              returning merge_action() as action,
                        old.time, old.value, old.series_id, old.rev, old.status),
            superseded as (
              insert into curated.observation_vintage_%1$s
                     (time, value, dataset_id, series_id, rev, superseded_by, status)
              select time, value, %2$d, series_id, rev, :revision, status
                from merged
               where action = 'UPDATE')
            select count(*) filter (where action = 'INSERT'), count(*) filter (where action = 'UPDATE')
              from merged
            """
                .formatted(leaf, dataset))
        .bindArray("times", OffsetDateTime.class, rows.stream().map(PushedSeries::time).toList())
        .bindArray("values", Double.class, rows.stream().map(Row::value).toList())
        .bindArray("series", Integer.class, rows.stream().map(series::id).toList())
        .bindArray(
            "statuses",
            String.class,
            rows.stream().map(row -> String.valueOf(row.status())).toList())
        .bind("revision", revision)
        .map((row, context) -> new Merged(row.getLong(1), row.getLong(2), 0))
        .one();
  }

  private Instant stamp(int revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select at from ref.revision where rev = :rev")
                .bind("rev", revision)
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
  }
}
