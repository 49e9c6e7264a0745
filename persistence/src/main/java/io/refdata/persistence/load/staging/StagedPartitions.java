package io.refdata.persistence.load.staging;

import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/**
 * The partitions that a load has rows for, each staged in a table of its own. If the dataset has no
 * such partition yet, the table is logged: it will become the partition, so its rows are written
 * only once. The other tables are unlogged. May be used by several threads.
 */
public final class StagedPartitions {
  private final Jdbi jdbi;
  private final StagingTables staging;
  private final int dataset;
  private final Interval interval;
  private final boolean places;
  private final TreeMap<Long, StagingTable> partitions = new TreeMap<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private boolean tooMany;

  /**
   * @param places true if the places in the file are staged with all rows; false if only with those
   *     whose tables will not become partitions
   */
  public StagedPartitions(
      Jdbi jdbi, StagingTables staging, int dataset, Interval interval, boolean places) {
    this.jdbi = jdbi;
    this.staging = staging;
    this.dataset = dataset;
    this.interval = interval;
    this.places = places;
  }

  /**
   * The staging table of one partition.
   *
   * @param lower its first instant, in microseconds since 1970-01-01T00:00:00Z
   * @param upper the first instant after it
   * @param table the table of its rows; empty if there are too many partitions, so that no rows are
   *     staged
   * @param places true if its rows have their places in the file
   */
  record StagingTable(long lower, long upper, String table, boolean places) {
    boolean holds(long micros) {
      return lower <= micros && micros < upper;
    }
  }

  /** The partition that holds an instant, with its table. */
  synchronized StagingTable at(long micros) {
    first = Math.min(first, micros);
    last = Math.max(last, micros);
    Map.Entry<Long, StagingTable> present = partitions.floorEntry(micros);
    if (present != null && present.getValue().holds(micros)) {
      return present.getValue();
    }
    Instant lower = interval.floor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    Instant upper = interval.next(lower);
    tooMany |= partitions.size() == PartitionTables.MOST;
    StagingTable created =
        tooMany ? new StagingTable(micros(lower), micros(upper), "", false) : create(lower, upper);
    if (!tooMany) {
      partitions.put(created.lower(), created);
    }
    return created;
  }

  private static long micros(Instant instant) {
    return BinaryCopy.micros(instant);
  }

  private StagingTable create(Instant lower, Instant upper) {
    String day =
        DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC).format(lower);
    return jdbi.withHandle(
        handle -> {
          boolean there = new PartitionTables(handle, dataset).find().at(lower).isPresent();
          boolean withPlaces = places || there;
          String table = staging.createPartition(handle, lower, upper, day, !there, withPlaces);
          return new StagingTable(micros(lower), micros(upper), table, withPlaces);
        });
  }

  /**
   * Checks that the load does not need more partitions than a dataset may have.
   *
   * @throws InvalidLoad that names an interval that is long enough
   */
  public synchronized void requireFew() {
    if (!tooMany) {
      return;
    }
    String longer = "none";
    for (Interval candidate : Interval.values()) {
      if (candidate.compareTo(interval) > 0 && needed(candidate) <= PartitionTables.MOST) {
        longer = candidate.name();
        break;
      }
    }
    throw new InvalidLoad(
        "More than %,d partitions of one %s each would be needed; with partitioning.interval %s there would be few enough."
            .formatted(PartitionTables.MOST, interval, longer));
  }

  private long needed(Interval candidate) {
    long count = 1;
    Instant end = Instant.EPOCH.plus(last, ChronoUnit.MICROS);
    Instant start = candidate.floor(Instant.EPOCH.plus(first, ChronoUnit.MICROS));
    while (count <= PartitionTables.MOST && (start = candidate.next(start)).compareTo(end) <= 0) {
      count++;
    }
    return count;
  }
}
