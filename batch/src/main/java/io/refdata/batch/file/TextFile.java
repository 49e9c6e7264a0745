package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A text file, with or without gzip, in blocks of complete lines. One thread unzips, decodes and
 * finds line ends; many threads can read the blocks. A line that is longer than a block is cut. If
 * the file cannot be read as text, the whole load fails, and the message names the line.
 */
public final class TextFile implements AutoCloseable {
  /**
   * The number of characters in a block. This is also the length of the longest line, including its
   * line end.
   */
  public static final int BLOCK = 1 << 20;

  private static final int GZIP_MAGIC = 0x1F8B;

  /** One byte of deflate can expand to at most this number of bytes (zlib's technical details). */
  private static final int MAX_EXPANSION = 1_032;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final long size;
  private final CountedBytes counted;
  private final InputStream in;
  private final boolean zipped;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final LineEnds ends;
  private final ConcurrentLinkedQueue<char[]> free = new ConcurrentLinkedQueue<>();

  private char[] text = new char[BLOCK];
  private int length;
  private int scanned;
  private int lastEnd;
  private long lineAtEnd = 1;
  private long firstLine = 1;
  private long number;
  private boolean ended;
  private boolean started;

  private TextFile(Path file, String charset, LineEnds ends) throws IOException {
    this.size = Files.size(file);
    this.charset = Charset.forName(charset);
    this.decoder =
        this.charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.ends = ends;
    this.counted = new CountedBytes(Files.newInputStream(file));
    try {
      BufferedInputStream buffered = new BufferedInputStream(counted, 1 << 16);
      this.zipped = isZipped(buffered);
      this.in = zipped ? unzip(buffered) : buffered;
    } catch (IOException | RuntimeException e) {
      counted.close();
      throw e;
    }
  }

  /** Opens a CSV file, in which lines may contain line ends between quotes. */
  public static TextFile csv(Path file, String charset, char delimiter) throws IOException {
    return new TextFile(file, charset, LineEnds.ofCsv(delimiter));
  }

  /** Opens a file in which each line end ends a line. */
  public static TextFile lines(Path file, String charset) throws IOException {
    return new TextFile(file, charset, LineEnds.plain());
  }

  private static boolean isZipped(BufferedInputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC;
  }

  private static InputStream unzip(InputStream in) throws IOException {
    try {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .setBufferSize(1 << 16)
          .get();
    } catch (IOException e) {
      throw brokenGzip(e);
    }
  }

  /** The next block; null after the last. Return it with {@link #recycle} after use. */
  public @Nullable Block next() throws IOException {
    while (true) {
      fill();
      scan();
      if (lastEnd > 0) {
        return cutAt(lastEnd, lineAtEnd, false);
      } else if (ended) {
        return length == 0 ? null : cutAt(length, ends.line() + 1, false);
      } else if (length == text.length) {
        Block beginning = cutAt(length, firstLine, true);
        skipRest();
        return beginning;
      }
    }
  }

  private void fill() throws IOException {
    CharBuffer chars = CharBuffer.wrap(text);
    chars.position(length);
    while (!ended && chars.hasRemaining()) {
      if (!bytes.hasRemaining()) {
        read();
      }
      CoderResult result = decoder.decode(bytes, chars, ended);
      length = chars.position();
      if (result.isError()) {
        throw undecodable();
      } else if (result.isUnderflow() && bytes.hasRemaining() && !ended) {
        read();
      }
      if (!started && length > 0) {
        started = true;
        if (text[0] == BYTE_ORDER_MARK) {
          System.arraycopy(text, 1, text, 0, --length);
          chars.position(length);
        }
      }
    }
    if (ended && chars.hasRemaining()) {
      decoder.flush(chars);
      length = chars.position();
    }
  }

  private void read() throws IOException {
    bytes.compact();
    try {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytes.position(bytes.position() + Math.max(0, read));
    } catch (IOException e) {
      if (zipped) {
        throw brokenGzip(e);
      }
      throw e;
    }
    bytes.flip();
  }

  private static InvalidLoad brokenGzip(IOException e) {
    return new InvalidLoad(
        e instanceof EOFException
            ? "The gzip file is cut off: it ends before its end mark."
            : "The gzip file is broken: " + e.getMessage() + ".");
  }

  private InvalidLoad undecodable() {
    scan();
    return new InvalidLoad(
        "Line %d is not in %s, the encoding that the layout says (UTF-8 unless it says another): byte 0x%02X does not belong there."
            .formatted(ends.line(), charset, bytes.get(bytes.position())));
  }

  private void scan() {
    scanned =
        ends.scan(
            text,
            scanned,
            length,
            ended,
            (after, line) -> {
              lastEnd = after;
              lineAtEnd = line;
            });
    if (ended && scanned == length) {
      ends.end();
    }
  }

  private Block cutAt(int end, long lineAfter, boolean cut) {
    char[] next = free.poll();
    char[] rest = next == null ? new char[BLOCK] : next;
    System.arraycopy(text, end, rest, 0, length - end);
    Block block = new Block(number++, text, end, firstLine, ends.takeUnbalanced(lineAfter), cut);
    text = rest;
    length -= end;
    scanned -= end;
    lastEnd = 0;
    firstLine = lineAfter;
    return block;
  }

  /** Drops the rest of a line that is too long. */
  private void skipRest() throws IOException {
    while (true) {
      fill();
      int[] end = {0};
      long[] line = {0};
      scanned =
          ends.scan(
              text,
              scanned,
              length,
              ended,
              (after, lineAfter) -> {
                if (end[0] == 0) {
                  end[0] = after;
                  line[0] = lineAfter;
                }
                lastEnd = after;
                lineAtEnd = lineAfter;
              });
      if (end[0] > 0) {
        drop(end[0]);
        firstLine = line[0];
        return;
      }
      drop(scanned);
      if (ended) {
        ends.end();
        return;
      }
    }
  }

  private void drop(int end) {
    System.arraycopy(text, end, text, 0, length - end);
    length -= end;
    scanned -= end;
    lastEnd = Math.max(0, lastEnd - end);
  }

  /** Reuses the character array of a block that is no longer needed. */
  public void recycle(Block block) {
    free.add(block.chars());
  }

  /**
   * The largest number of characters that the file can contain. Each character takes at least one
   * byte after unzipping.
   */
  public long maxChars() {
    return zipped ? size * MAX_EXPANSION : size;
  }

  /** The part of the file that has been read, 0 to 1. */
  public double progress() {
    return size == 0 ? 1 : Math.min(1, (double) counted.count() / size);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
