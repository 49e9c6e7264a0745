package io.refdata.batch.load.intake;

import io.refdata.domain.load.Load;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Measures the time of a step. */
public final class Stopwatch {
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
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

  /** The step, which ends now. One thread did it. */
  public Load.Step step(String name, long rows) {
    return step(name, rows, nanos());
  }

  /**
   * The step, which ends now.
   *
   * @param worked nanoseconds of work, of all threads together
   */
  public Load.Step step(String name, long rows, long worked) {
    long nanos = nanos();
    return new Load.Step(
        name,
        Math.round(nanos / 1e6) / 1e3,
        rows,
        start,
        Math.round(100.0 * worked / Math.max(1, nanos)) / 100.0);
  }
}
