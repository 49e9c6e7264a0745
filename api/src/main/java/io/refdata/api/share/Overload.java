package io.refdata.api.share;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells overload from a peak. If for some time the oldest of all whose turn it was had waited long,
 * to wait longer would serve nobody sooner. Until the queue is empty again, who has waited longer
 * than a short delay is too late, so that those served are served fast (controlled delay, as CoDel
 * has it for packets). Not for several threads at a time.
 */
final class Overload {
  private final long orderedNanos;
  private final long delayNanos;
  private final long afterNanos;
  private final LongSupplier clock;
  private boolean present;

  /** Since when each oldest of a caller whose turn it was had waited longer than the delay. */
  private @Nullable Long slowSince;

  /**
   * @param ordered how long a caller's oldest may wait before the caller's newest goes first
   * @param delay how long a request may wait under overload
   * @param after for how long all have waited longer than that before it is overload
   * @param clock nanoseconds
   */
  Overload(Duration ordered, Duration delay, Duration after, LongSupplier clock) {
    this.orderedNanos = ordered.toNanos();
    this.delayNanos = delay.toNanos();
    this.afterNanos = after.toNanos();
    this.clock = clock;
  }

  long now() {
    return clock.getAsLong();
  }

  /**
   * Whether the oldest of the caller whose turn it is may still run, or has waited too long for a
   * time of overload.
   *
   * @param since when it began to wait
   */
  boolean isInTime(long since) {
    long now = now();
    if (now - since <= delayNanos) {
      slowSince = null;
      return true;
    }
    if (slowSince == null) {
      slowSince = now;
    }
    present |= now - slowSince > afterNanos;
    return !present;
  }

  /**
   * Whether a caller sends faster than it is served: then its newest goes first. In order of
   * arrival each would wait as long as clients do at most; so most do not wait at all, and those
   * that they pass over are the ones that would have been refused.
   *
   * @param since when the caller's oldest began to wait
   */
  boolean isNewestFirst(long since) {
    return now() - since > orderedNanos;
  }

  /** Nobody waits any more. */
  void end() {
    present = false;
    slowSince = null;
  }
}
