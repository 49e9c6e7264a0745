package io.refdata.batch.load;

import io.refdata.persistence.load.Load;

/** Times a step. */
final class Stopwatch {
  private final long started = System.nanoTime();

  private Stopwatch() {}

  static Stopwatch start() {
    return new Stopwatch();
  }

  long nanos() {
    return System.nanoTime() - started;
  }

  double seconds() {
    return nanos() / 1e9;
  }

  /** The step, done now. */
  Load.Step step(String name, long rows) {
    return new Load.Step(name, Math.round(seconds() * 1000) / 1000.0, rows);
  }
}
