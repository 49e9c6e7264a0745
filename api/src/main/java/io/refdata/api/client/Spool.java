package io.refdata.api.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSinkConduit;

/** What a client has not taken yet of an answer, in order, on disk. */
final class Spool {
  private static final Logger LOG = Logger.getLogger(Spool.class);

  /** How much is handed on at once: there are other connections. */
  private static final int STEP = 1 << 18;

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

  /** Puts bytes behind the others; returns how many: all of them, or 0 if there is no room. */
  synchronized int add(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    if (closed || !space.take(count)) {
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
      LOG.warnf("An answer could not be put on disk: %s", e);
      throw e;
    }
  }

  /**
   * Hands on as much as is taken now, to a bound.
   *
   * @return how many bytes
   */
  synchronized long drainTo(StreamSinkConduit next) throws IOException {
    if (file == null || isEmpty()) {
      return 0;
    }
    long taken = next.transferFrom(file, read, Math.min(STEP, written - read));
    read += taken;
    if (isEmpty()) {
      file.truncate(0);
      space.give(written);
      read = 0;
      written = 0;
    }
    return taken;
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      space.give(written);
      read = written;
      IoUtils.safeClose(file);
    }
  }
}
