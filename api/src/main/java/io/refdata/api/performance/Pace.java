package io.refdata.api.performance;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a run takes from others: after each piece of work its thread rests in proportion, and
 * no work begins after the run's time is up.
 */
final class Pace {
  private static final int ALL = 100;

  private final int percent;
  private final long deadline;

  /**
   * @param percent the share of its time that the run works, from 1 to 100
   * @param time how long the run may take
   */
  Pace(int percent, Duration time) {
    this.percent = percent;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  /** Work that may send requests. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** The time of the run is up. */
  static final class TimeIsUp extends RuntimeException {
    TimeIsUp() {
      super("The time of the run was up.");
    }
  }

  /**
   * Does a piece of work, then rests.
   *
   * @throws TimeIsUp if the run may not go on
   * @throws CancellationException if the server is told to end
   */
  <T> T work(Work<T> work) throws IOException {
    if (left().isNegative()) {
      throw new TimeIsUp();
    }
    long start = System.nanoTime();
    try {
      return work.run();
    } finally {
      rest((System.nanoTime() - start) * (ALL - percent) / percent);
    }
  }

  /** The time that is left; negative if it is up. */
  Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private void rest(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(nanos, Math.max(0, left().toNanos())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The server ends.");
    }
  }
}
