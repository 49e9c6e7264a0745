package io.refdata.batch.load.intake;

import io.refdata.domain.load.Load;

/** Measures the time of a step. */
public final class Stopwatch {
  private final long startNanos = System.nanoTime();

  private Stopwatch() {}

  public static Stopwatch start() {
    return new Stopwatch();
  }

  long nanos() {
    return System.nanoTime() - startNanos;
  }

  public double seconds() {
    return nanos() / 1e9;
  }

  /** The step, which ends now. */
  public Load.Step step(String name, long rows) {
    return new Load.Step(name, Math.round(seconds() * 1000) / 1000.0, rows);
  }
}
