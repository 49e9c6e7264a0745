package io.refdata.persistence.load;

import io.refdata.domain.load.Load;
import io.refdata.persistence.FinishedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written to disk block by block. {@link #finish} makes it durable; if it is closed
 * before that, it is deleted.
 */
public final class ArrivingPayload implements Closeable {
  private final Path unfinished;
  private final Path finished;
  private final MessageDigest digest = sha256();
  private @Nullable FileChannel channel;
  private long bytes;
  private boolean closed;

  /**
   * @param unfinished the path it is written to; created with the first block
   * @param finished its path after {@link #finish}
   */
  ArrivingPayload(Path unfinished, Path finished) {
    this.unfinished = unfinished;
    this.finished = finished;
  }

  /** Adds a block. */
  public synchronized void write(ByteBuffer block) throws IOException {
    FileChannel open = open();
    digest.update(block.duplicate());
    while (block.hasRemaining()) {
      bytes += open.write(block);
    }
  }

  /**
   * Finishes the file; when this returns, it is durable.
   *
   * @param name the name that the sender gave it; null if none
   */
  public synchronized Load.File finish(@Nullable String name) throws IOException {
    try (FileChannel open = open()) {
      open.force(true);
    }
    FinishedFile.rename(unfinished, finished);
    closed = true;
    return new Load.File(
        name,
        bytes,
        HexFormat.of().formatHex(digest.digest()),
        String.valueOf(finished.getFileName()));
  }

  private FileChannel open() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    } else if (channel == null) {
      Files.createDirectories(unfinished.getParent());
      channel =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownersOnly(unfinished));
    }
    return channel;
  }

  /** The file is for the user of the server only, where a file system knows of users. */
  private static FileAttribute<?>[] ownersOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
        }
        : new FileAttribute<?>[0];
  }

  /** Deletes the file, unless it is finished. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (channel != null) {
      channel.close();
      Files.deleteIfExists(unfinished);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
