package io.refdata.api.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSinkConduit;

/** A part of a file that is the rest of a response. */
final class FileSection {
  /** The most bytes that are sent in one step, because other connections wait for their turn. */
  private static final int STEP_BYTES = 1 << 18;

  private final FileChannel file;
  private final long end;
  private long next;

  FileSection(FileChannel file, long from, long count) {
    this.file = file;
    this.next = from;
    this.end = from + count;
  }

  synchronized boolean isSent() {
    return next == end;
  }

  /** Sends as many bytes as the connection accepts now, up to a bound. */
  synchronized void drainTo(StreamSinkConduit sink) throws IOException {
    if (isSent()) {
      return;
    }
    long sent = sink.transferFrom(file, next, Math.min(STEP_BYTES, end - next));
    if (sent == 0 && next >= file.size()) {
      throw new IOException("The file has become shorter");
    }
    next += sent;
  }

  void close() {
    IoUtils.safeClose(file);
  }
}
