package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;
import io.refdata.settings.Setting;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The bytes of a text file, out of gzip or out of a zip file of one entry if it is in one. Its
 * first bytes say what it is, whatever its name or media type say.
 */
final class FileBytes implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** One byte of deflate can expand to at most this number of bytes (zlib's technical details). */
  private static final int MAX_EXPANSION = 1_032;

  private static final long MOST_UNZIPPED = Setting.FILE_UNZIPPED_BYTES.number();

  private final long size;
  private final CountedBytes counted;
  private final InputStream in;
  private final FileKind kind;
  private final long unzippedSize;
  private volatile long unzipped;

  FileBytes(Path file) throws IOException {
    this.size = Files.size(file);
    this.counted = new CountedBytes(Files.newInputStream(file));
    BufferedInputStream buffered = new BufferedInputStream(counted, BUFFER);
    this.kind = FileKind.of(buffered);
    try {
      if (kind == FileKind.ZIP) {
        OneEntry entry = OneEntry.open(file);
        this.unzippedSize = entry.size();
        this.in = new BufferedInputStream(entry, BUFFER);
        FileKind.of(in).requireTextIn(kind);
      } else if (kind == FileKind.GZIP) {
        this.unzippedSize = 0;
        this.in = new BufferedInputStream(unzip(buffered), BUFFER);
        FileKind.of(in).requireTextIn(kind);
      } else {
        kind.requireText();
        this.unzippedSize = 0;
        this.in = buffered;
      }
    } catch (IOException e) {
      counted.close();
      throw broken(e);
    } catch (RuntimeException e) {
      counted.close();
      throw e;
    }
  }

  private static InputStream unzip(InputStream in) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .setBufferSize(BUFFER)
        .get();
  }

  /**
   * Reads on; a failure of the disk is unchecked.
   *
   * @return the number of bytes; -1 at the end
   * @throws InvalidLoad if the archive is broken, or if there is too much in it
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only one thread writes it.
  int read(byte[] into, int offset, int length) throws IOException {
    try {
      int read = in.read(into, offset, length);
      unzipped += Math.max(0, read);
      if (unzipped > MOST_UNZIPPED && isZipped()) {
        throw new InvalidLoad(
            "The %s file has more than %,d bytes when it is unzipped."
                .formatted(archive(), MOST_UNZIPPED));
      }
      return read;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private InvalidLoad broken(IOException e) {
    return new InvalidLoad(
        e instanceof EOFException
            ? "The %s file is cut off: it ends before its end mark.".formatted(archive())
            : "The %s file is broken: %s.".formatted(archive(), e.getMessage()));
  }

  private String archive() {
    return kind == FileKind.ZIP ? "zip" : "gzip";
  }

  /** The largest number of bytes that can be read. */
  long most() {
    return isZipped() ? size * MAX_EXPANSION : size;
  }

  private boolean isZipped() {
    return kind == FileKind.ZIP || kind == FileKind.GZIP;
  }

  /** The part of the file that has been read, 0 to 1. */
  double progress() {
    double part =
        unzippedSize > 0
            ? (double) unzipped / unzippedSize
            : size == 0 ? 1 : (double) counted.count() / size;
    return Math.min(1, part);
  }

  @Override
  public void close() throws IOException {
    in.close();
    counted.close();
  }
}
