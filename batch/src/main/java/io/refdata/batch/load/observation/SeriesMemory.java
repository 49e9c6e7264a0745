package io.refdata.batch.load.observation;

import io.refdata.domain.load.InvalidLoad;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the series of a load use. All loads share one limit. A load holds each series of
 * its file in memory, and each of its threads holds the series that it has read.
 */
public final class SeriesMemory implements AutoCloseable {
  /** The measured maximum of bytes for a series, with two threads, while tables grow. */
  private static final long BYTES = 512;

  private static final long LIMIT = Runtime.getRuntime().maxMemory() / BYTES;
  private static final AtomicLong RESERVED_BY_ALL = new AtomicLong();

  private long reserved;

  /** There is no room now, but there will be when other loads have ended. */
  public static final class NoRoomNow extends RuntimeException {
    private NoRoomNow() {
      super("The series of the running loads fill the memory for series");
    }
  }

  /**
   * Reserves room for series.
   *
   * @throws InvalidLoad if the load needs more than the whole limit
   * @throws NoRoomNow if other loads use the room
   */
  void reserve(int series) {
    reserved += series;
    long reservedByAll = RESERVED_BY_ALL.addAndGet(series);
    if (reserved > LIMIT) {
      throw new InvalidLoad(
          "The file has more than %,d series, which is more than this server's memory can hold. Send it in parts, or give the server a larger heap."
              .formatted(LIMIT));
    } else if (reservedByAll > LIMIT) {
      throw new NoRoomNow();
    }
  }

  @Override
  public void close() {
    RESERVED_BY_ALL.addAndGet(-reserved);
    reserved = 0;
  }
}
