package io.refdata.persistence.partition;

import io.refdata.domain.dataset.RetiredObservations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a dataset by time, in one snapshot. A reader of their tables in the same
 * snapshot misses no observation: a partition's record is committed in the transaction that fills
 * it (docs/adr/019).
 *
 * @param all the partitions by time, without overlaps
 * @param retired what retention has removed; null if nothing
 */
public record Partitions(List<Partition> all, @Nullable Retired retired) {
  /** No partitions: for a dataset that holds nothing. */
  public static final Partitions NONE = new Partitions(List.of(), null);

  /**
   * The query for the partitions of the dataset of a bound id. If the dataset has none, the result
   * is one row without names; if there is no such dataset, there is no row.
   */
  public static final String QUERY =
      """
      select v.lower, v.upper, v.leaf, w.leaf, v.rev, w.rev, r.upper, r.rev
        from curated.dataset d
        left join curated.partition v
          on v.dataset_id = d.id and v.kind = 'VALUE'
        left join curated.partition w
          on w.dataset_id = d.id and w.kind = 'VINTAGE' and w.lower = v.lower
        left join lateral (
              select r.upper, r.rev from curated.retired_partition r
               where r.dataset_id = d.id
               order by r.upper desc, r.rev desc limit 1) r on true
       where d.id = ?
       order by v.lower
      """;

  /**
   * The observations that retention has removed.
   *
   * @param before the instant before which no observations are left
   * @param revision the revision that removed the last of them; earlier past states are no longer
   *     complete
   */
  public record Retired(Instant before, int revision) {}

  public Partitions {
    all = List.copyOf(all);
  }

  /** Reads the result of {@link #QUERY}; empty if there is no such dataset. */
  public static Optional<Partitions> read(ResultSet rows) throws SQLException {
    boolean dataset = false;
    Retired retired = null;
    List<Partition> partitions = new ArrayList<>();
    while (rows.next()) {
      if (!dataset && rows.getString(7) != null) {
        retired = new Retired(instant(rows, 7), rows.getInt(8));
      }
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
    return dataset ? Optional.of(new Partitions(partitions, retired)) : Optional.empty();
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static String table(String leaf) {
    return "curated." + leaf;
  }

  /**
   * Checks that retention has removed nothing that a request asks for. Who asks for all that there
   * is, in a state after the removal, gets what is left.
   *
   * @param from the first instant that is asked for; null for all
   * @param before the instant before which what is asked for lies; null for all
   * @param asOf the revision of the dataset as of which to read; null for the current state
   * @throws RetiredObservations if something was removed
   */
  public void requireKept(
      @Nullable Instant from, @Nullable Instant before, @Nullable Integer asOf) {
    if (retired == null) {
      return;
    }
    boolean onlyRemoved = before != null && !before.isAfter(retired.before());
    if (from == null ? isRetiredSince(asOf) || onlyRemoved : from.isBefore(retired.before())) {
      throw new RetiredObservations(retired.before());
    }
  }

  /**
   * Checks that retention has removed nothing since from which an answer of a past state is worked
   * out, though it lies before what is asked for: without it, the answer would be another one than
   * it was. Nor anything of which the changes since a past state are asked for.
   *
   * @param needed the first instant that is needed; null for all
   * @param asOf the revision of the dataset as of which to read; null for the current state, which
   *     is worked out from what is left
   * @throws RetiredObservations if something was removed
   */
  public void requireWhole(@Nullable Instant needed, @Nullable Integer asOf) {
    if (isRetiredSince(asOf)
        && retired != null
        && (needed == null || needed.isBefore(retired.before()))) {
      throw new RetiredObservations(retired.before());
    }
  }

  /** True if retention has removed something after a revision; false for the current state. */
  public boolean isRetiredSince(@Nullable Integer asOf) {
    return retired != null && asOf != null && asOf < retired.revision();
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
