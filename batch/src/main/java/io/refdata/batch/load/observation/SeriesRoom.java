package io.refdata.batch.load.observation;

import io.refdata.domain.load.InvalidLoad;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room that the series of a load take in memory, of which there is so much for all loads
 * together. A load keeps each series that its file speaks of, and each of its threads keeps those
 * it has met.
 */
public final class SeriesRoom implements AutoCloseable {
  /** What a series was measured to take at most, with two threads, while tables grow. */
  private static final long BYTES = 512;

  private static final long ROOM = Runtime.getRuntime().maxMemory() / BYTES;
  private static final AtomicLong TAKEN = new AtomicLong();

  private long own;

  /** There is none now, but there will be when other loads have ended. */
  public static final class NoRoomNow extends RuntimeException {
    private NoRoomNow() {
      super("The series of the loads under way fill the memory that there is for them");
    }
  }

  /**
   * Takes room.
   *
   * @throws InvalidLoad if there is not so much even for a load alone
   * @throws NoRoomNow if others have it
   */
  void take(int series) {
    own += series;
    long all = TAKEN.addAndGet(series);
    if (own > ROOM) {
      throw new InvalidLoad(
          "The file speaks of more than %,d series, more than this server's memory is for. Send it in parts, or give the server a larger heap."
              .formatted(ROOM));
    } else if (all > ROOM) {
      throw new NoRoomNow();
    }
  }

  @Override
  public void close() {
    TAKEN.addAndGet(-own);
    own = 0;
  }
}
