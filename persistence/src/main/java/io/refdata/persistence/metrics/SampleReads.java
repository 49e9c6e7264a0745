package io.refdata.persistence.metrics;

import io.refdata.persistence.sql.Snapshot;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads samples: in one snapshot, for a bounded time. */
@Dependent
public class SampleReads {
  private static final String PATIENCE = Setting.METRICS_SAMPLE_PATIENCE.time().toMillis() + "ms";

  private static final String APPLICATION = "refdata-samples";

  private final Jdbi jdbi;

  @Inject
  public SampleReads(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Asks, each statement for {@code refdata.metrics.sample-patience} at most. */
  public <T> T ask(Snapshot.Asking<T> asking) {
    return Snapshot.ask(
        jdbi,
        handle -> {
          bound(handle);
          return asking.ask(handle);
        });
  }

  /**
   * Bounds each statement of the transaction of a handle likewise. Whoever looks at the sessions
   * sees that nobody waits for it.
   */
  static void bound(Handle handle) {
    handle.execute(
        "select set_config('statement_timeout', ?, true), set_config('application_name', ?, true)",
        PATIENCE,
        APPLICATION);
  }
}
