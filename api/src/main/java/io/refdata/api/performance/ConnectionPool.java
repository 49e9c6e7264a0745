package io.refdata.api.performance;

import io.refdata.persistence.statistics.Sessions;
import io.refdata.persistence.statistics.Sessions.Pool;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;

/** Whether requests wait for a connection. */
@Dependent
class ConnectionPool implements PerformanceTest {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final int LOOKS = 5;

  @Inject private Sessions sessions;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  ConnectionPool() {}

  @Override
  public String name() {
    return "connection-pool";
  }

  @Override
  public void measure(Probes probes, Sheet sheet) throws IOException {
    Pool pool = look(probes);
    long waiting = pool.waiting();
    for (int i = 1; i < LOOKS; i++) {
      pool = look(probes);
      waiting = Math.max(waiting, pool.waiting());
    }
    String size =
        "%d in use and %d idle of at most %d".formatted(pool.active(), pool.idle(), pool.max());
    Double acquisition = pool.acquisitionP95Ms();
    if (acquisition == null) {
      sheet.noData("acquisition-p95", "No connection was asked for.");
    } else {
      sheet.measured("acquisition-p95", acquisition, size);
    }
    sheet.measured("waiting-threads", waiting, size);
  }

  private Pool look(Probes probes) throws IOException {
    return probes.pace().work(() -> sessions.connections(WINDOW).pool());
  }
}
