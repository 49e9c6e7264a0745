package io.refdata.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Gives a file that is written its name, so that it has it after a power failure, too. */
public final class FinishedFile {
  private FinishedFile() {}

  /**
   * Renames a file whose content is durable; when this returns, its new name is durable. Where a
   * file system has no POSIX permissions, a directory can't be written to disk by itself, and the
   * name is as durable as the system makes it.
   *
   * @param to in a directory that may be new, but whose own directory is not
   */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    if (to.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path directory = Objects.requireNonNull(to.toAbsolutePath().getParent());
      force(directory);
      force(Objects.requireNonNull(directory.getParent()));
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
