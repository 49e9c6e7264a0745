package io.refdata.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Ends a run: reports the measurements of the other tests. It fails if a target is critical or was
 * not measured, or if a measurement has no target.
 */
@Order(Integer.MAX_VALUE)
class ReleaseGateIT {
  @Test
  void noTargetIsCriticalOrUnmeasured() throws Exception {
    Outcome run = Gate.run();
    Path report = new Report(run).write(Path.of("target", "report"));
    System.out.println(new Summary(run).text());
    System.out.println("The report is in " + report.toAbsolutePath());
    assertThat(run.failures()).isEmpty();
  }
}
