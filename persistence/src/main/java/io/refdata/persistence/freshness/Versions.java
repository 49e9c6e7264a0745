package io.refdata.persistence.freshness;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each thing last changed, by a clock that counts writes. A reader notes the time before it
 * reads; what it read is fresh as long as nothing it rests on has changed since, nor is in doubt: a
 * writer puts what it touches in doubt before it commits, and settles it when the commit is over,
 * so that there is no moment at which some see the new state and others still get the old
 * (docs/adr/012).
 *
 * <p>In a place are the time of the last change, and in its lower bits how many writers hold it in
 * doubt.
 */
@ApplicationScoped
public class Versions {
  private static final int DOUBT_BITS = 16;
  private static final long DOUBT = (1L << DOUBT_BITS) - 1;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicLongArray places = new AtomicLongArray(Dependencies.PLACES);
  private volatile long beginning;

  /** The time; it goes on whenever something is put in doubt or settled, and only then. */
  public long now() {
    return clock.get();
  }

  /** Whether what was read after a time from these places is still as it is now. */
  public boolean fresh(int[] read, long since) {
    if (since < beginning) {
      return false;
    }
    for (int place : read) {
      long state = places.get(place);
      if ((state & DOUBT) != 0 || state >>> DOUBT_BITS > since) {
        return false;
      }
    }
    return true;
  }

  /** A write that begins. It must be closed when its transaction is over, however it ended. */
  public Change begin() {
    return new Change(this);
  }

  /** Takes nothing that was read until now for fresh any more. */
  synchronized void beginAnew() {
    beginning = clock.incrementAndGet();
  }

  /** The doubt comes before the time: who finds the time unchanged has missed no doubt. */
  void doubt(int[] touched) {
    for (int place : touched) {
      places.incrementAndGet(place);
    }
    clock.incrementAndGet();
  }

  void settle(int[] touched) {
    long now = clock.incrementAndGet();
    for (int place : touched) {
      places.updateAndGet(
          place,
          state -> (Math.max(state >>> DOUBT_BITS, now) << DOUBT_BITS) | ((state & DOUBT) - 1));
    }
  }
}
