package io.refdata.batch.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Counts the bytes that have been read from the file, before they are unzipped. A failure of the
 * disk is unchecked: an {@link IOException} is a fault of what is in the file.
 */
final class CountedBytes extends FilterInputStream {
  private volatile long count;

  CountedBytes(InputStream in) {
    super(in);
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int read;
    try {
      read = super.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    try {
      read = super.read(into, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(Math.max(0, read));
    return read;
  }

  /** Only one thread writes the counter; other threads read it. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void add(int bytes) {
    count += bytes;
  }
}
