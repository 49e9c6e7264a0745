package io.refdata.persistence.load.staging;

import io.refdata.persistence.load.staging.StagingTables.StagedPartition;
import io.refdata.persistence.sql.SqlText;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Prepares staged observations for the merge: removes duplicates, and creates primary keys on the
 * tables that may become partitions. A key that is created when all rows are there costs a third of
 * a key that is maintained while they are copied.
 */
public final class StagedKeys {
  private static final String UNIQUE_VIOLATION = "23505";

  /** The form that PostgreSQL reads: the year after 9999 has five digits and no sign. */
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 5, SignStyle.NEVER)
          .appendPattern("-MM-dd HH:mm:ssX")
          .toFormatter(Locale.ROOT);

  private final Jdbi jdbi;
  private final StagingTables staging;
  private final int dataset;
  private final boolean places;

  /**
   * @param places true if the places in the file are staged with all rows
   */
  public StagedKeys(Jdbi jdbi, long load, int dataset, boolean places) {
    this.places = places;
    this.jdbi = jdbi;
    this.staging = new StagingTables(load);
    this.dataset = dataset;
  }

  /**
   * Removes duplicates and creates the keys.
   *
   * @param counts the number of rows that were copied into each table
   * @param distinct true if it is known already that there are no duplicates
   * @param threads the number of tables to work on at a time
   * @return the rejected duplicates
   * @throws PlacesNeeded if there are duplicates without places
   */
  public Duplicates make(Map<String, Long> counts, boolean distinct, int threads) {
    jdbi.useTransaction(handle -> StagingTables.addRows(handle, staging, counts));
    Iterator<StagedPartition> left = jdbi.withHandle(staging::readPartitions).iterator();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Callable<Duplicates> work = () -> makeSome(left, distinct);
      List<Future<Duplicates>> parts =
          workers.invokeAll(java.util.Collections.nCopies(threads, work));
      Duplicates duplicates = Duplicates.NONE;
      for (Future<Duplicates> part : parts) {
        duplicates = duplicates.plus(part.get());
      }
      return duplicates;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
    }
  }

  private Duplicates makeSome(Iterator<StagedPartition> left, boolean distinct) {
    Duplicates duplicates = Duplicates.NONE;
    try (Handle handle = jdbi.open()) {
      while (true) {
        StagedPartition partition;
        synchronized (left) {
          if (!left.hasNext()) {
            break;
          }
          partition = left.next();
        }
        duplicates = duplicates.plus(make(handle, partition, distinct));
      }
    }
    return duplicates;
  }

  private Duplicates make(Handle handle, StagedPartition partition, boolean distinct) {
    if (!partition.logged()) {
      return distinct ? Duplicates.NONE : refuse(handle, partition);
    }
    try {
      handle.useTransaction(own -> makeKey(own, partition));
      return Duplicates.NONE;
    } catch (UnableToExecuteStatementException e) {
      if (!(e.getCause() instanceof SQLException sql)
          || !UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        throw e;
      }
      if (!places) {
        throw new PlacesNeeded(partition.table());
      }
      Duplicates duplicates = refuse(handle, partition);
      handle.useTransaction(own -> makeKey(own, partition));
      return duplicates;
    }
  }

  private Duplicates refuse(Handle handle, StagedPartition partition) {
    return handle.inTransaction(
        own -> {
          Duplicates duplicates = DuplicateRows.takeObservations(own, staging, partition.table());
          StagingTables.addRows(own, staging, Map.of(partition.table(), -duplicates.rows()));
          return duplicates;
        });
  }

  private void makeKey(Handle handle, StagedPartition partition) {
    handle.execute("set local maintenance_work_mem = '128MB'");
    handle.execute("set local max_parallel_maintenance_workers = 0");
    // The constant is stored in the catalogue, so no row is rewritten. The check runs here, in
    // several
    // threads, so that the merge need not scan all rows when it attaches the partition.
    handle.execute(
        SqlText.of(
                """
                alter table <partition>
                  add column dataset_id integer not null default <dataset>,
                  add constraint lies_within
                    check (dataset_id = <dataset> and time >= '<lower>' and time < '<upper>'),
                  add primary key (dataset_id, series_id, time)\
                """)
            .with("partition", partition.table())
            .with("dataset", dataset)
            .with("lower", INSTANT.format(partition.lower()))
            .with("upper", INSTANT.format(partition.upper()))
            .text());
  }
}
