package io.refdata.persistence.partition;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Creates the tables of a dataset and of its partitions, within the transaction of a handle. The
 * functions of schema {@code curated} name and record them.
 */
public final class PartitionTables {
  /**
   * The most partitions of a dataset. With many more, planning a statement over all of them takes
   * longer than running it.
   */
  public static final int MOST = 1_000;

  private final Handle handle;
  private final int dataset;

  public PartitionTables(Handle handle, int dataset) {
    this.handle = handle;
    this.dataset = dataset;
  }

  /** Creates the parent tables of the partitions of a new dataset. */
  public void create() {
    handle.execute("select curated.attach_dataset(?)", dataset);
  }

  /** Keeps others from creating partitions of the dataset until the transaction ends. */
  public void lock() {
    handle.execute("select pg_advisory_xact_lock(20263, ?)", dataset);
  }

  /** Deletes the records of the partitions; their tables remain until {@link #drop}. */
  public void forget() {
    handle.execute("delete from curated.partition where dataset_id = ?", dataset);
  }

  /** Drops all tables of a dataset after {@link #forget}; waits for transactions that read them. */
  public void drop() {
    handle.execute("select curated.drop_dataset(?)", dataset);
  }

  /** The recorded partitions; none if there is no such dataset. */
  public Partitions find() {
    return handle
        .createQuery(Partitions.QUERY)
        .bind(0, dataset)
        .scanResultSet((rows, context) -> Partitions.read(rows.get()))
        .orElse(Partitions.NONE);
  }

  /** The number of further partitions that the dataset may have; below 0 if it has too many. */
  public int room() {
    return MOST - find().all().size();
  }

  /** Creates the partition that holds an instant, unless it is recorded; true if it was created. */
  public boolean create(Instant instant) {
    return handle
        .createQuery("select curated.attach_partition(:dataset, :instant)")
        .bind("dataset", dataset)
        .bind("instant", instant.atOffset(ZoneOffset.UTC))
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Records the revision that has written values of a partition. Each writer calls it in its
   * transaction: who reads changes or a past state leaves out what was not written since.
   *
   * @param lower the first instant of the partition
   * @param superseding true if a value was revised or deleted
   */
  public void recordWrite(Instant lower, int revision, boolean superseding) {
    handle.execute(
        "update curated.partition set rev = ? where dataset_id = ? and lower = ?"
            + (superseding ? "" : " and kind = 'VALUE'"),
        revision,
        dataset,
        lower.atOffset(ZoneOffset.UTC));
  }

  /**
   * Makes a staged table a partition; empty, and nothing is changed, if the dataset has that
   * partition.
   *
   * @return the partition's table of current values, with its schema
   * @param staged its name in schema {@code staging}
   * @param revision the revision of its rows
   */
  public Optional<String> adopt(
      OffsetDateTime lower, OffsetDateTime upper, String staged, int revision) {
    boolean adopted =
        handle
            .createQuery(
                "select curated.adopt_partition(:dataset, :lower, :upper, :staged, :revision)")
            .bind("dataset", dataset)
            .bind("lower", lower)
            .bind("upper", upper)
            .bind("staged", staged)
            .bind("revision", revision)
            .mapTo(Boolean.class)
            .one();
    return adopted ? Optional.of(values(lower)) : Optional.empty();
  }

  private String values(OffsetDateTime lower) {
    return handle
        .createQuery(
            """
            select 'curated.' || leaf
              from curated.partition
             where dataset_id = :dataset and kind = 'VALUE' and lower = :lower
            """)
        .bind("dataset", dataset)
        .bind("lower", lower)
        .mapTo(String.class)
        .one();
  }
}
