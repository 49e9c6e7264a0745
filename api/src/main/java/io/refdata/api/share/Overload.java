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
  /** The part of the latest turn in the average of the time from turn to turn. */
  private static final int SMOOTHING = 8;

  private final long orderedNanos;
  private final long delayNanos;
  private final long afterNanos;
  private final LongSupplier clock;
  private boolean present;

  /** Since when each oldest of a caller whose turn it was had waited longer than the delay. */
  private @Nullable Long slowSince;

  /** The last turn of one that had waited; null after nobody waited. */
  private @Nullable Long lastTurn;

  /** The average time from turn to turn. */
  private long paceNanos;

  /**
   * @param ordered the wait in order of arrival from which on a caller's newest goes first
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
   * Whether the newest goes first, because in order of arrival each would wait as long as one may:
   * so most do not wait at all, and those that they pass over are the ones that would have been
   * refused. The wait in order is judged by the pace, not by that of the oldest: one that was
   * passed over once would otherwise be passed over for as long as others come again.
   *
   * @param waiting the number that waits
   */
  boolean isNewestFirst(int waiting) {
    return waiting * paceNanos > orderedNanos;
  }

  /** One that has waited gets its turn. */
  void turn() {
    long now = now();
    if (lastTurn != null) {
      paceNanos += (now - lastTurn - paceNanos) / SMOOTHING;
    }
    lastTurn = now;
  }

  /** Nobody waits any more. */
  void end() {
    present = false;
    slowSince = null;
    lastTurn = null;
  }
}
