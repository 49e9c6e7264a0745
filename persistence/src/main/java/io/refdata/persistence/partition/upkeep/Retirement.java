package io.refdata.persistence.partition.upkeep;

import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.revision.Revisions;
import io.refdata.persistence.rollup.TouchedBuckets;
import io.refdata.persistence.upkeep.Bounded;
import io.refdata.persistence.upkeep.Postponed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Retires the partitions of a dataset that are older than its retention. From the commit on nobody
 * reads them: their records are gone from {@code curated.partition}. What belongs to them follows
 * in short transactions: the first observations of the series, and the tables ({@link
 * RetiredTables}).
 */
@Dependent
public class Retirement {
  private final Jdbi jdbi;
  private final Versions versions;

  @Inject
  public Retirement(Jdbi jdbi, Versions versions) {
    this.jdbi = jdbi;
    this.versions = versions;
  }

  /**
   * Retires the partitions that are older than the retention that is in force now, as a revision of
   * the dataset.
   *
   * @return what was done
   * @throws Postponed if a load or a push is under way
   */
  String retire(KeptDataset found) {
    try (Change change = versions.begin()) {
      String done =
          jdbi.inTransaction(
              handle -> {
                requireTurn(handle, found);
                KeptDataset dataset = found.locked(handle).orElse(null);
                Instant keptFrom = dataset == null ? null : dataset.keptFrom();
                if (dataset == null || keptFrom == null || !hasOlder(handle, dataset, keptFrom)) {
                  return "nothing: the dataset keeps it all by now, or is gone";
                }
                int revision =
                    Revisions.openRemoval(
                        handle,
                        dataset.id(),
                        new Author(
                            "retention", "older than " + dataset.partitioning().retention()));
                change.touch(DatasetDependencies.loaded(dataset.id()));
                // Its past is not answered as before either.
                change.touch(DatasetDependencies.of(new Code(dataset.code())));
                change.touch(DatasetDependencies.recorded(dataset.id()));
                int removed = forget(handle, dataset, keptFrom, revision);
                forgetAnomalies(handle, dataset, keptFrom);
                TouchedBuckets buckets = TouchedBuckets.of(handle, dataset.id());
                buckets.addBefore(keptFrom);
                buckets.workOut(revision);
                buckets.forgetBefore(revision);
                return "%d tables that end before %s".formatted(removed, keptFrom);
              });
      change.committed();
      return done;
    }
  }

  private static boolean hasOlder(Handle handle, KeptDataset dataset, Instant keptFrom) {
    return handle
        .createQuery(
            "select exists (select from curated.partition where dataset_id = :dataset and upper <="
                + " :before)")
        .bind("dataset", dataset.id())
        .bind("before", utc(keptFrom))
        .mapTo(Boolean.class)
        .one();
  }

  private static int forget(Handle handle, KeptDataset dataset, Instant keptFrom, int revision) {
    return handle
        .createUpdate(
            """
            with expired as (
              delete from curated.partition
               where dataset_id = :dataset and upper <= :before
              returning lower, upper, dataset_id, kind, leaf)
            insert into curated.retired_partition
                   (lower, upper, dataset_id, rev, kind, on_expiry, leaf)
            select lower, upper, dataset_id, :revision, kind, :onExpiry, leaf from expired
            """)
        .bind("dataset", dataset.id())
        .bind("before", utc(keptFrom))
        .bind("revision", revision)
        .bind("onExpiry", dataset.partitioning().onExpiry().name())
        .execute();
  }

  /** An anomaly is one of a value that is there. */
  private static void forgetAnomalies(Handle handle, KeptDataset dataset, Instant keptFrom) {
    handle
        .createUpdate(
            "delete from performance_monitoring.anomaly where dataset_id = :dataset and time <"
                + " :before")
        .bind("dataset", dataset.id())
        .bind("before", utc(keptFrom))
        .execute();
  }

  /** A retirement comes after the writers that are there; it does not wait for them. */
  static void requireTurn(Handle handle, KeptDataset dataset) {
    Bounded.waits(handle);
    if (!handle
        .createQuery("select pg_try_advisory_xact_lock(20261, :dataset)")
        .bind("dataset", dataset.id())
        .mapTo(Boolean.class)
        .one()) {
      throw new Postponed("Somebody writes to " + dataset.code() + ".");
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
