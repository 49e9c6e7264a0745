package io.refdata.persistence.export;

import io.refdata.persistence.FinishedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * The file of an export while it is written. {@link #finish} makes it durable, under its name; if
 * it is closed before that, it is deleted. Only the user of the server can read it. It can be
 * stopped from another thread: the next write fails then.
 */
public final class UnfinishedExport extends OutputStream {
  private static final String OWNER_ONLY = "rw-------";

  private final Path unfinished;
  private final Path finished;
  private final FileChannel channel;
  private final MessageDigest digest = sha256();
  private volatile long bytes;
  private volatile boolean stopped;
  private boolean closed;

  UnfinishedExport(Path unfinished, Path finished) throws IOException {
    this.unfinished = unfinished;
    this.finished = finished;
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean posix = unfinished.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.channel =
        posix
            ? FileChannel.open(
                unfinished,
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))
            : FileChannel.open(unfinished, options);
  }

  /** It was stopped before it was finished. */
  public static final class Stopped extends IOException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("The export was stopped");
    }
  }

  /** The number of bytes so far. */
  public long bytes() {
    return bytes;
  }

  /** Lets the next write fail. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only one thread writes
  public void write(byte[] block, int offset, int length) throws IOException {
    if (stopped) {
      throw new Stopped();
    }
    digest.update(block, offset, length);
    ByteBuffer left = ByteBuffer.wrap(block, offset, length);
    while (left.hasRemaining()) {
      bytes += channel.write(left);
    }
  }

  /**
   * Finishes the file; when this returns, it is durable.
   *
   * @return its SHA-256
   */
  public byte[] finish() throws IOException {
    if (stopped) {
      throw new Stopped();
    }
    channel.force(true);
    channel.close();
    FinishedFile.rename(unfinished, finished);
    closed = true;
    return digest.digest();
  }

  /** Deletes the file, unless it is finished. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
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
