package io.refdata.persistence.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.SeriesCounts;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.load.Merged;
import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.rollup.TouchedBuckets;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Merges a few observations at once, without a file and without staging, in one transaction. */
@Dependent
public class Pushes {
  static final String STORE =
      """
      insert into raw.payload (bytes, sha256, media_type, target, content, processed_at)
      select octet_length(c), sha256(convert_to(c, 'UTF8')), 'application/json', t, c::jsonb, clock_timestamp()
        from (values (:target, :content)) as pushed (t, c)
      """;

  /**
   * Datasets that a push has just waited for without success, so that the next pushes need not wait
   * too.
   */
  private final Cache<Integer, ResourceBusy> held =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).build();

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
   * Merges the rows whose codes exist or may be created; of duplicates only the first.
   *
   * @param content the whole push in JSON, which is stored as it arrived
   * @param refused the rows that were rejected before
   * @throws ResourceBusy if a load locks the dataset for too long, or if its definition has changed
   * @throws NoSuchItem if the dataset was deleted
   * @throws InvalidLoad if the dataset would have too many partitions
   */
  public Pushed push(
      Dataset dataset, List<Row> rows, String content, List<RejectedRow> refused, Author author) {
    return push(dataset, rows, content, refused, author, handle -> {}, false);
  }

  /**
   * Merges all rows, or none.
   *
   * @param before what comes first in the transaction: it may throw, and then nothing is merged
   * @throws RowsRejected if one of them is rejected
   */
  public Pushed pushAll(
      Dataset dataset, List<Row> rows, String content, Author author, Consumer<Handle> before) {
    return push(dataset, rows, content, List.of(), author, before, true);
  }

  private Pushed push(
      Dataset dataset,
      List<Row> rows,
      String content,
      List<RejectedRow> refused,
      Author author,
      Consumer<Handle> before,
      boolean all) {
    int id = Objects.requireNonNull(dataset.id());
    ResourceBusy busy = held.getIfPresent(id);
    if (busy != null) {
      throw busy;
    }
    List<RejectedRow> rejected = new ArrayList<>(refused);
    Set<ItemType<?>> created = new LinkedHashSet<>();
    try (Change change = versions.begin()) {
      Merging merging =
          jdbi.inTransaction(
              handle -> {
                before.accept(handle);
                PushedSeries series = new PushedSeries(handle, dataset, rows);
                PushedCodes codes = new PushedCodes(handle, dataset);
                // The codes of existing series were checked when these were created.
                List<Row> accepted =
                    distinct(codes.check(rows, series::exists, rejected), rejected);
                if (all && !rejected.isEmpty()) {
                  throw new RowsRejected(rejected);
                }
                if (accepted.isEmpty()) {
                  handle
                      .createUpdate(STORE)
                      .bind("target", target(dataset))
                      .bind("content", content)
                      .execute();
                  return new Merging(null, null, Merged.NOTHING);
                }
                created.addAll(codes.create(author));
                Merging done = merge(handle, dataset, series, accepted, content, author);
                change.touch(ItemDependencies.loaded(created));
                change.touch(DatasetDependencies.recorded(id));
                if (!done.merged().equals(Merged.NOTHING)) {
                  change.touch(series.touched());
                }
                return done;
              });
      change.committed();
      created.forEach(caches::evict);
      rejected.sort(java.util.Comparator.comparingInt(RejectedRow::row));
      Merged merged = merging.merged();
      long accepted = rows.size() - (rejected.size() - refused.size());
      PushCounts.answered(accepted, rejected.size());
      return new Pushed(
          merging.revision(),
          merging.recordedAt(),
          merged.inserted(),
          merged.revised(),
          accepted - merged.inserted() - merged.revised(),
          rejected);
    } catch (RowsRetired e) {
      List<Row> kept = new ArrayList<>(rows);
      kept.removeIf(e::holds);
      List<RejectedRow> more = new ArrayList<>(refused);
      rows.stream().filter(e::holds).map(e::rejected).forEach(more::add);
      if (all) {
        throw new RowsRejected(more);
      }
      return push(dataset, kept, content, more, author, before, false);
    } catch (UnableToExecuteStatementException e) {
      RuntimeException failure =
          ResourceBusy.of(e, "A load is being merged into " + dataset.code() + ".");
      if (failure instanceof ResourceBusy locked) {
        held.put(id, locked);
      }
      throw failure;
    }
  }

  /** The target of a push, as its payload says it. */
  static String target(Dataset dataset) {
    return "datasets/" + dataset.code();
  }

  private record Merging(@Nullable Integer revision, @Nullable Instant recordedAt, Merged merged) {
    Merging plus(Merging other) {
      return new Merging(other.revision, other.recordedAt, merged.plus(other.merged));
    }
  }

  private static List<Row> distinct(List<Row> rows, List<RejectedRow> rejected) {
    record Key(String series, Instant time) {}
    Set<Key> seen = new HashSet<>();
    List<Row> distinct = new ArrayList<>();
    for (Row row : rows) {
      if (seen.add(new Key(row.key(), row.time()))) {
        distinct.add(row);
      } else {
        rejected.add(
            new RejectedRow(row.number(), "DUPLICATE_IN_FILE", "an earlier row says it already"));
      }
    }
    return distinct;
  }

  private static Merging merge(
      Handle handle,
      Dataset dataset,
      PushedSeries series,
      List<Row> rows,
      String content,
      Author author) {
    int id = Objects.requireNonNull(dataset.id());
    Map<Instant, List<Row>> byPartition = new TreeMap<>();
    for (Row row : rows) {
      byPartition
          .computeIfAbsent(
              dataset.partitioning().interval().floor(row.time()), start -> new ArrayList<>())
          .add(row);
    }
    PushedPartitions into =
        PushedPartitions.open(handle, dataset, List.copyOf(byPartition.keySet()), content, author);
    series.create(into.revision(), rows);
    Merging merging = new Merging(into.revision(), null, Merged.NOTHING);
    int done = 0;
    for (List<Row> part : byPartition.values()) {
      PushedPartitions.Tables tables = into.tables().get(done++);
      boolean last = done == byPartition.size() && !into.hasRollups();
      merging = merging.plus(merge(handle, id, tables, series, part, into.revision(), last));
    }
    return into.hasRollups() ? rolledUp(handle, id, series, rows, merging) : merging;
  }

  /** Works out the buckets of rollups, and stamps the revision. */
  private static Merging rolledUp(
      Handle handle, int dataset, PushedSeries series, List<Row> rows, Merging merging) {
    int revision = Objects.requireNonNull(merging.revision());
    if (!merging.merged().equals(Merged.NOTHING)) {
      TouchedBuckets buckets = TouchedBuckets.of(handle, dataset);
      buckets.add(
          rows.stream().map(series::id).toList(), rows.stream().map(PushedSeries::time).toList());
      buckets.workOut(revision);
    }
    OffsetDateTime recordedAt =
        handle
            .createQuery("select ref.stamp(:revision)")
            .bind("revision", revision)
            .mapTo(OffsetDateTime.class)
            .one();
    return new Merging(revision, recordedAt.toInstant(), merging.merged());
  }

  /**
   * Merges rows into one partition by one statement. It names the partition itself, so that no
   * other is read. The last statement also stamps the revision, so that no further one has to read
   * the instant.
   */
  private static Merging merge(
      Handle handle,
      int dataset,
      PushedPartitions.Tables into,
      PushedSeries series,
      List<Row> rows,
      int revision,
      boolean last) {
    return handle
        .createQuery(
            SqlText.of(
                    """
                    with merged as (
                      merge into <values> o
                      using unnest(:times, :values, :series, :statuses)
                            s (time, value, series_id, status)
                         on o.dataset_id = <dataset>
                            and o.series_id = s.series_id and o.time = s.time
                       when matched
                         and (o.value is distinct from s.value or o.status <> s.status::"char") then
                            update set value = s.value, status = s.status::"char", rev = :revision
                       when not matched then
                            insert (time, value, dataset_id, series_id, rev, status)
                            values (s.time, s.value, <dataset>,
                                    s.series_id, :revision, s.status::"char")
                      returning merge_action() as action, new.series_id as series, new.time as at,
                                old.time, old.value, old.series_id, old.rev, old.status),
                    superseded as (
                      insert into <vintages>
                             (time, value, dataset_id, series_id, rev, superseded_by, status)
                      select time, value, <dataset>, series_id, rev, :revision, status
                        from merged
                       where action = 'UPDATE'),
                    written as (
                      update curated.partition p
                         set rev = :revision
                       where p.dataset_id = <dataset> and p.lower = :lower
                         and exists (select from merged m where m.action = 'UPDATE' or p.kind = 'VALUE')),
                    counted as (
                      update curated.series s
                         set <count>
                        from (select series as id, count(*) as rows, min(at) as first, max(at) as last
                                from merged
                               where action = 'INSERT'
                               group by series) n
                       where s.id = n.id)
                    select count(*) filter (where action = 'INSERT'),
                           count(*) filter (where action = 'UPDATE'),
                           case when :stamp then ref.stamp(:revision) end
                      from merged
                    """)
                .with("values", into.values())
                .with("dataset", dataset)
                .with("vintages", into.vintages())
                .with("count", SeriesCounts.ADD)
                .text())
        .bindArray("times", OffsetDateTime.class, rows.stream().map(PushedSeries::time).toList())
        .bindArray("values", Double.class, rows.stream().map(Pushes::value).toList())
        .bindArray("series", Integer.class, rows.stream().map(series::id).toList())
        .bindArray(
            "statuses",
            String.class,
            rows.stream().map(row -> String.valueOf(row.status())).toList())
        .bind("revision", revision)
        .bind("lower", into.lower().atOffset(ZoneOffset.UTC))
        .bind("stamp", last)
        .map(
            (row, context) -> {
              OffsetDateTime at = row.getObject(3, OffsetDateTime.class);
              return new Merging(
                  revision,
                  at == null ? null : at.toInstant(),
                  new Merged(row.getLong(1), row.getLong(2), 0));
            })
        .one();
  }

  /** Null if it is missing. */
  private static @Nullable Double value(Row row) {
    return Double.isNaN(row.value()) ? null : row.value();
  }
}
