package io.refdata.persistence.partition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The partitions of a dataset by time, in one snapshot. A reader of their tables in the same
 * snapshot misses no observation: a partition's record is committed in the transaction that fills
 * it (docs/adr/019).
 *
 * @param all the partitions by time, without overlaps
 */
public record Partitions(List<Partition> all) {
  /** No partitions: for a dataset that holds nothing. */
  public static final Partitions NONE = new Partitions(List.of());

  /**
   * The query for the partitions of the dataset of a bound id. If the dataset has none, the result
   * is one row without names; if there is no such dataset, there is no row.
   */
  public static final String QUERY =
      """
      select v.lower, v.upper, v.leaf, w.leaf, v.rev, w.rev
        from curated.dataset d
        left join curated.partition v
          on v.dataset_id = d.id and v.kind = 'VALUE' and v.state = 'ACTIVE'
        left join curated.partition w
          on w.dataset_id = d.id and w.kind = 'VINTAGE' and w.lower = v.lower
       where d.id = ?
       order by v.lower
      """;

  public Partitions {
    all = List.copyOf(all);
  }

  /** Reads the result of {@link #QUERY}; empty if there is no such dataset. */
  public static Optional<Partitions> read(ResultSet rows) throws SQLException {
    boolean dataset = false;
    List<Partition> partitions = new ArrayList<>();
    while (rows.next()) {
      dataset = true;
      String values = rows.getString(3);
      if (values != null) {
        partitions.add(
            new Partition(
                instant(rows, 1),
                instant(rows, 2),
                table(values),
                table(rows.getString(4)),
                rows.getInt(5),
                rows.getInt(6)));
      }
    }
    return dataset ? Optional.of(new Partitions(partitions)) : Optional.empty();
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static String table(String leaf) {
    return "curated." + leaf;
  }

  /** The partitions whose time span overlaps the one from an instant on and before another. */
  public List<Partition> over(Instant from, Instant before) {
    return all.stream().filter(partition -> partition.overlaps(from, before)).toList();
  }

  /** True if a value in any of them was inserted, revised or deleted after a revision. */
  public boolean areWrittenAfter(int revision) {
    return all.stream().anyMatch(partition -> partition.isWrittenAfter(revision));
  }

  /** The partition that begins at an instant. */
  public Optional<Partition> at(Instant lower) {
    return all.stream().filter(partition -> partition.lower().equals(lower)).findFirst();
  }
}
