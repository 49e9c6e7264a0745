package io.refdata.api.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** The space on disk for bytes that clients have not read yet, of all responses together. */
final class SpoolSpace {
  private final Path directory;
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param maxBytes the bound; with 0, responses wait for their clients
   */
  SpoolSpace(Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
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
