package io.refdata.persistence.freshness;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The time at which each dependency last changed, by a clock that counts writes. A reader notes the
 * time before it reads. Its result is fresh as long as none of its dependencies has changed since
 * or is in doubt. A writer marks the dependencies that it changes in doubt before it commits, and
 * settles them when the commit is over. So there is no moment at which some readers see the new
 * state and others still get the old one (docs/adr/012).
 *
 * <p>Each bucket holds the time of the last change and, in its lower bits, the number of writers
 * that hold it in doubt.
 */
@ApplicationScoped
public class Versions {
  private static final int DOUBT_BITS = 16;
  private static final long MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();
  private static final long DOUBT = (1L << DOUBT_BITS) - 1;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicLongArray buckets = new AtomicLongArray(Dependencies.BUCKETS);
  private final InstantSource time;
  private volatile long trustedFrom;

  public Versions() {
    this(InstantSource.system());
  }

  /**
   * @param time tells the day
   */
  Versions(InstantSource time) {
    this.time = time;
  }

  /** The current time; it moves on only when a dependency is marked in doubt or settled. */
  public long now() {
    return clock.get();
  }

  /**
   * True if a result that was read after a time, and depends on these buckets, is still current.
   */
  public boolean fresh(int[] read, long since) {
    if (since < trustedFrom) {
      return false;
    }
    for (int bucket : read) {
      if (bucket < 0) {
        if (-bucket != today()) {
          return false;
        }
        continue;
      }
      long state = buckets.get(bucket);
      if ((state & DOUBT) != 0 || state >>> DOUBT_BITS > since) {
        return false;
      }
    }
    return true;
  }

  private long today() {
    return Math.floorDiv(time.millis(), MILLIS_OF_A_DAY);
  }

  /** Begins a write. It must be closed when its transaction is over, however that ended. */
  public Change begin() {
    return new Change(this);
  }

  /** From now on, nothing that was read before counts as fresh. */
  synchronized void distrustEverythingBefore() {
    trustedFrom = clock.incrementAndGet();
  }

  /**
   * Marks buckets in doubt before it moves the clock: a reader that finds the time unchanged has
   * missed no mark.
   */
  void markInDoubt(int[] touched) {
    for (int bucket : touched) {
      buckets.incrementAndGet(bucket);
    }
    clock.incrementAndGet();
  }

  void settle(int[] touched) {
    long now = clock.incrementAndGet();
    for (int bucket : touched) {
      buckets.updateAndGet(
          bucket,
          state -> (Math.max(state >>> DOUBT_BITS, now) << DOUBT_BITS) | ((state & DOUBT) - 1));
    }
  }
}
