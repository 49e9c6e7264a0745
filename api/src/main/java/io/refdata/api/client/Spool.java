package io.refdata.api.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSinkConduit;

/** The bytes of a response that its client has not read yet, in order, on disk. */
final class Spool {
  private static final Logger LOG = Logger.getLogger(Spool.class);

  /** The most bytes that are sent in one step, because other connections wait for their turn. */
  private static final int STEP_BYTES = 1 << 18;

  private final SpoolSpace space;
  private @Nullable FileChannel file;
  private long written;
  private long read;
  private boolean closed;

  Spool(SpoolSpace space) {
    this.space = space;
  }

  synchronized boolean isEmpty() {
    return read == written;
  }

  /** The bytes that were added since it was last empty. */
  synchronized long length() {
    return written;
  }

  /** Appends bytes; returns how many were added: all of them, or 0 if there is no room. */
  synchronized int add(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    if (closed || !space.reserve(count)) {
      return 0;
    }
    long end = written;
    written += count;
    try {
      if (file == null) {
        file = space.open();
      }
      while (bytes.hasRemaining()) {
        end += file.write(bytes, end);
      }
      return count;
    } catch (IOException e) {
      LOG.warnf("A response could not be put on disk: %s", e);
      throw e;
    }
  }

  /**
   * Sends as many bytes as the connection accepts now, up to a bound.
   *
   * @return how many bytes were sent
   */
  synchronized long drainTo(StreamSinkConduit next) throws IOException {
    if (file == null || isEmpty()) {
      return 0;
    }
    long sent = next.transferFrom(file, read, Math.min(STEP_BYTES, written - read));
    read += sent;
    if (isEmpty()) {
      file.truncate(0);
      space.release(written);
      read = 0;
      written = 0;
    }
    return sent;
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      space.release(written);
      read = written;
      IoUtils.safeClose(file);
    }
  }
}
