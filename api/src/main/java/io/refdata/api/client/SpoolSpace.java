package io.refdata.api.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The space on disk for bytes that clients have not read yet, of all responses together, and the
 * pace at which it is filled: who reads slowly needs no response made at full speed, and other
 * requests need the processors.
 */
final class SpoolSpace {
  private static final long SPAN_NANOS = 100_000_000;

  private final Path directory;
  private final long maxBytes;
  private final long bytesPerSpan;
  private final AtomicLong used = new AtomicLong();
  private long spanEnd = System.nanoTime();
  private long leftInSpan;

  /**
   * @param maxBytes the bound; with 0, responses wait for their clients
   * @param bytesPerSecond the pace
   */
  SpoolSpace(Path directory, long maxBytes, long bytesPerSecond) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.bytesPerSpan = bytesPerSecond / (TimeUnit.SECONDS.toNanos(1) / SPAN_NANOS);
  }

  /** Whether bytes may be put on disk now, as far as the pace is concerned. */
  synchronized boolean isInPace(long bytes) {
    long now = System.nanoTime();
    if (now - spanEnd >= 0) {
      spanEnd = now + SPAN_NANOS;
      leftInSpan = bytesPerSpan;
    }
    if (leftInSpan <= 0) {
      return false;
    }
    leftInSpan -= bytes;
    return true;
  }

  /** The nanoseconds until more may be put on disk. */
  synchronized long untilNextSpan() {
    return Math.max(1, spanEnd - System.nanoTime());
  }

  boolean reserve(long bytes) {
    long before = used.getAndUpdate(now -> now + bytes <= maxBytes ? now + bytes : now);
    return before + bytes <= maxBytes;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Opens a file and deletes its name at once, so that even a crash leaves no file behind. */
  FileChannel open() throws IOException {
    Files.createDirectories(directory);
    Path file = Files.createTempFile(directory, "answer", null);
    try {
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
  }
}
