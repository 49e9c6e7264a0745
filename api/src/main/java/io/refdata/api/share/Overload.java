package io.refdata.api.share;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells overload from a peak. If for some time all that come to their turn have waited long, to
 * wait longer would serve nobody sooner. Until the queue is empty again, who has waited longer than
 * a short delay is too late, so that those served are served fast (controlled delay, as CoDel has
 * it for packets). Not for several threads at a time.
 */
final class Overload {
  private final long delayNanos;
  private final long afterNanos;
  private final LongSupplier clock;
  private boolean present;

  /** Since when each request that came to its turn had waited longer than the delay. */
  private @Nullable Long slowSince;

  /**
   * @param delay how long a request may wait under overload
   * @param after for how long all have waited longer than that before it is overload
   * @param clock nanoseconds
   */
  Overload(Duration delay, Duration after, LongSupplier clock) {
    this.delayNanos = delay.toNanos();
    this.afterNanos = after.toNanos();
    this.clock = clock;
  }

  long now() {
    return clock.getAsLong();
  }

  /**
   * Whether a request that comes to its turn may run, or has waited too long for a time of
   * overload.
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

  /** Nobody waits any more. */
  void end() {
    present = false;
    slowSince = null;
  }
}
