package io.refdata.api.performance;

import java.io.IOException;

/** A test of the running system. It measures the targets that {@code targets.yaml} has below it. */
interface PerformanceTest {
  /** Its name in {@code targets.yaml}. */
  String name();

  /**
   * Measures its targets, and leaves out those that there is nothing to measure for.
   *
   * @throws IOException if the platform does not answer a request
   */
  void measure(Probes probes, Sheet sheet) throws IOException;
}
