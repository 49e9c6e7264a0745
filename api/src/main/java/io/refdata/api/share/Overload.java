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

  /** How often the numbers of who came and who went are halved, so that the latest count most. */
  private static final long HALF_LIFE_NANOS = 50_000_000;

  /** By then nothing is left of a number of requests. */
  private static final int MOST_HALVINGS = 40;

  /** Who comes again once served comes as often as is served; this is more. */
  private static final double SURGE = 1.25;

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
   * Of late, how many came to wait or were refused at once, and how many that waited got a turn.
   */
  private double came;

  private double went;
  private long countedAt;

  /**
   * @param ordered the wait in order of arrival from which on a caller's newest may go first
   * @param delay how long a request may wait under overload
   * @param after for how long all have waited longer than that before it is overload
   * @param clock nanoseconds
   */
  Overload(Duration ordered, Duration delay, Duration after, LongSupplier clock) {
    this.orderedNanos = ordered.toNanos();
    this.delayNanos = delay.toNanos();
    this.afterNanos = after.toNanos();
    this.clock = clock;
    this.countedAt = now();
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

  /** A request came and can't run at once. */
  void come() {
    age();
    came++;
  }

  private void age() {
    long halvings = Math.min((now() - countedAt) / HALF_LIFE_NANOS, MOST_HALVINGS);
    if (halvings > 0) {
      came = Math.scalb(came, (int) -halvings);
      went = Math.scalb(went, (int) -halvings);
      countedAt = now();
    }
  }

  /**
   * Whether the newest goes first, because more come than can go, and in order of arrival each
   * would wait long: so most do not wait at all, and those that they pass over are the ones that
   * would have been refused. Where clients come again once they are served, one that was passed
   * over once would be passed over for as long as that goes on; so more must come than go.
   *
   * @param waiting the number that waits
   */
  boolean isNewestFirst(int waiting) {
    return came > SURGE * went && waiting * paceNanos > orderedNanos;
  }

  /** One that has waited gets its turn. */
  void turn() {
    age();
    went++;
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
