package io.refdata.persistence.signal;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.signal.SignalRun.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/** The numbers of runs of signals on this server that completed, and that failed. */
@ApplicationScoped
public class SignalMetrics implements MetricSource {
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  public SignalMetrics() {}

  /** Counts a run that has ended. */
  public void ended(State state) {
    (state == State.COMPLETED ? completed : failed).increment();
  }

  @Override
  public void collect(MetricSheet sheet) {
    count(sheet, "COMPLETED", completed);
    count(sheet, "FAILED", failed);
  }

  private static void count(MetricSheet sheet, String state, LongAdder runs) {
    sheet.counter(
        "refdata_signal_runs",
        "Runs of signals on this server, by what came of them",
        (double) runs.sum(),
        "state",
        state);
  }
}
