package io.refdata.batch.load.intake;

import io.refdata.domain.load.Load;

/** Times a step. */
public final class Stopwatch {
  private final long started = System.nanoTime();

  private Stopwatch() {}

  public static Stopwatch start() {
    return new Stopwatch();
  }

  long nanos() {
    return System.nanoTime() - started;
  }

  public double seconds() {
    return nanos() / 1e9;
  }

  /** The step, done now. */
  public Load.Step step(String name, long rows) {
    return new Load.Step(name, Math.round(seconds() * 1000) / 1000.0, rows);
  }
}
