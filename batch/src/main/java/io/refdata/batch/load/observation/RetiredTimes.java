package io.refdata.batch.load.observation;

import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.persistence.sql.BinaryCopy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times that are older than the retention of a dataset. */
final class RetiredTimes {
  private final @Nullable Instant keptFrom;
  private final long micros;

  /**
   * @param keptFrom the first instant that the dataset keeps; null if it keeps all
   */
  RetiredTimes(@Nullable Instant keptFrom) {
    this.keptFrom = keptFrom;
    this.micros = keptFrom == null ? Long.MIN_VALUE : BinaryCopy.micros(keptFrom);
  }

  /** True if a time, in microseconds since 1970-01-01T00:00:00Z, is older. */
  boolean has(long time) {
    return time < micros && time != TimeColumn.NONE;
  }

  /** Why a row is rejected whose time is older. */
  RejectReason reason(String time) {
    return new RejectReason(
        "RETIRED",
        "%s lies before %s; retention has removed what was there, and none is taken any more"
            .formatted(time, keptFrom));
  }
}
