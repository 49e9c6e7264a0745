package io.refdata.api.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Room on disk for what clients have not read yet, for all answers together. */
final class SpoolSpace {
  private final Path directory;
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most bytes; 0: answers wait for their clients
   */
  SpoolSpace(Path directory, long most) {
    this.directory = directory;
    this.most = most;
  }

  boolean take(long bytes) {
    long before = taken.getAndUpdate(now -> now + bytes <= most ? now + bytes : now);
    return before + bytes <= most;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** A file that has no name any more: whatever happens, nothing is left of it. */
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
