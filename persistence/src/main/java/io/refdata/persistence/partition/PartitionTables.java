package io.refdata.persistence.partition;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * Makes the tables of a dataset and of its partitions, within the transaction of a handle. How they
 * are named and put on record stands in the functions of schema {@code curated}.
 */
public final class PartitionTables {
  /** Many more, and each statement over all of them is planned for longer than it runs. */
  public static final int MOST = 1_000;

  private final Handle handle;
  private final int dataset;

  public PartitionTables(Handle handle, int dataset) {
    this.handle = handle;
    this.dataset = dataset;
  }

  /** Makes the tables that the partitions of a new dataset go below. */
  public void create() {
    handle.execute("select curated.attach_dataset(?)", dataset);
  }

  /** Takes the partitions off the record; their tables remain until {@link #drop}. */
  public void forget() {
    handle.execute("delete from curated.partition where dataset_id = ?", dataset);
  }

  /** Drops all tables of a dataset whose partitions are forgotten; waits for who reads them. */
  public void drop() {
    handle.execute("select curated.drop_dataset(?)", dataset);
  }

  /** Those on record; none if there is no such dataset. */
  public Partitions find() {
    return handle
        .createQuery(Partitions.QUERY)
        .bind(0, dataset)
        .scanResultSet((rows, context) -> Partitions.read(rows.get()))
        .orElse(Partitions.NONE);
  }

  /** How many more the dataset may have; below 0 if it has too many. */
  public int room() {
    return MOST - find().all().size();
  }

  /** Makes the one that holds an instant, unless it is on record; answers whether it made it. */
  public boolean make(Instant instant) {
    return handle
        .createQuery("select curated.attach_partition(:dataset, :instant)")
        .bind("dataset", dataset)
        .bind("instant", instant.atOffset(ZoneOffset.UTC))
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Makes a staged table a partition; false, and nothing done, if the dataset has that partition.
   *
   * @param staged its name in schema {@code staging}
   * @param revision since which its rows are known
   */
  public boolean adopt(OffsetDateTime lower, OffsetDateTime upper, String staged, int revision) {
    return handle
        .createQuery("select curated.adopt_partition(:dataset, :lower, :upper, :staged, :revision)")
        .bind("dataset", dataset)
        .bind("lower", lower)
        .bind("upper", upper)
        .bind("staged", staged)
        .bind("revision", revision)
        .mapTo(Boolean.class)
        .one();
  }
}
