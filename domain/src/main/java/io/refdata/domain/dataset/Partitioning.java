package io.refdata.domain.dataset;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a dataset's observations are divided by time, and old ones are removed.
 *
 * @param interval the time span of one partition
 * @param premake the number of partitions that are created ahead of the latest observation
 * @param retention the time for which observations stay stored, as an ISO 8601 period; null means
 *     for ever
 * @param onExpiry what becomes of a partition after that time
 */
public record Partitioning(
    Interval interval, int premake, @Nullable String retention, OnExpiry onExpiry) {

  /**
   * The start of the oldest partition that is kept at an instant: a partition is removed as a
   * whole, when all of it is older than the retention. Null if all are kept.
   */
  public @Nullable Instant keptFrom(Instant now) {
    return retention == null ? null : interval.floor(before(now, retention));
  }

  /** The instant that lies an ISO 8601 period or duration before another. */
  static Instant before(Instant now, String time) {
    try {
      return now.atZone(ZoneOffset.UTC).minus(Period.parse(time)).toInstant();
    } catch (DateTimeException e) {
      return now.minus(Duration.parse(time));
    }
  }
}
