package io.refdata.persistence.partition;

import io.refdata.domain.dataset.Dataset;
import java.time.Instant;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The time from which on a dataset keeps observations. */
public final class Retention {
  private Retention() {}

  /**
   * The instant from which on the dataset takes observations now: by its retention, and not before
   * the end of what was removed already. Null if it takes all.
   */
  public static @Nullable Instant keptFrom(Handle handle, Dataset dataset) {
    Instant byRule = dataset.partitioning().keptFrom(Instant.now());
    Partitions.Retired retired =
        new PartitionTables(handle, Objects.requireNonNull(dataset.id())).find().retired();
    if (retired == null || byRule != null && byRule.isAfter(retired.before())) {
      return byRule;
    }
    return retired.before();
  }
}
