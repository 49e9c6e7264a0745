package io.refdata.batch.file;

import io.refdata.domain.layout.FileForm;
import io.refdata.domain.load.InvalidLoad;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A text file, as it is or zipped, in blocks of complete lines. One thread unzips, decodes and
 * finds line ends; many threads can read the blocks. A line that is longer than a block is cut. If
 * the file cannot be read as text, the whole load fails, and the message names the line.
 */
public final class TextFile implements AutoCloseable {
  /**
   * The number of characters in a block. This is also the length of the longest line, including its
   * line end. As an array they take just less than 2 MiB: an array of a power of two, and its
   * header, would waste most of one more region of G1's heap.
   */
  public static final int BLOCK = 1_000_000;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final FileBytes in;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final LineEnds ends;
  private final int skip;
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

  private TextFile(Path file, FileForm form, LineEnds ends) throws IOException {
    this.charset = Charset.forName(form.charset());
    this.decoder =
        this.charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.ends = ends;
    this.skip = form.skip();
    this.in = new FileBytes(file);
  }

  /** Opens a CSV file, in which lines may contain line ends between quotes. */
  public static TextFile csv(Path file, FileForm form) throws IOException {
    return new TextFile(file, form, LineEnds.ofCsv(form));
  }

  /** Opens a file in which each line end ends a line. */
  public static TextFile lines(Path file, FileForm form) throws IOException {
    return new TextFile(file, form, LineEnds.plain());
  }

  /** The next block; null after the last. Return it with {@link #recycle} after use. */
  public @Nullable Block next() throws IOException {
    if (firstLine <= skip) {
      skipLines();
    }
    fill();
    scan();
    if (lastEnd > 0) {
      return cutAt(lastEnd, lineAtEnd, false);
    } else if (ended) {
      return length == 0 ? null : cutAt(length, ends.line() + 1, false);
    }
    Block beginning = cutAt(scanned, firstLine, true);
    skipRest();
    return beginning.upTo(firstLine);
  }

  /** Drops the lines above the header, in which quotes mean nothing. */
  private void skipLines() throws IOException {
    while (firstLine <= skip) {
      fill();
      int after = afterLineEnd();
      if (after < 0 && ended) {
        throw new InvalidLoad(
            "The file has %,d lines, and the layout skips %,d.".formatted(firstLine, skip));
      }
      int dropped = after < 0 ? Math.max(0, length - 1) : after;
      System.arraycopy(text, dropped, text, 0, length - dropped);
      length -= dropped;
      firstLine += after < 0 ? 0 : 1;
    }
    lineAtEnd = firstLine;
    ends.beginAt(firstLine);
  }

  /** The index after the first line end; -1 if there is none, or only a part of one at the end. */
  private int afterLineEnd() {
    for (int i = 0; i < length; i++) {
      if (text[i] == '\n') {
        return i + 1;
      } else if (text[i] == '\r' && (i + 1 < length || ended)) {
        return i + 1 < length && text[i + 1] == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }

  /**
   * Reads on until the text is full or the file ends. One character of a full text may stay free: a
   * character of two halves is not cut.
   */
  private void fill() throws IOException {
    CharBuffer chars = CharBuffer.wrap(text);
    chars.position(length);
    CoderResult result = CoderResult.UNDERFLOW;
    while (!ended && result.isUnderflow()) {
      boolean last = !read();
      result = decoder.decode(bytes, chars, last);
      if (last && result.isUnderflow()) {
        result = decoder.flush(chars);
        ended = result.isUnderflow();
      }
      length = chars.position();
      if (result.isError()) {
        throw undecodable();
      }
      if (!started && length > 0) {
        started = true;
        if (text[0] == BYTE_ORDER_MARK) {
          System.arraycopy(text, 1, text, 0, --length);
          chars.position(length);
        }
      }
    }
  }

  /** Reads bytes behind those that are not decoded yet; false at the end of the file. */
  private boolean read() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    bytes.position(bytes.position() + Math.max(0, read));
    bytes.flip();
    return read >= 0;
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
    stop();
    if (ended && scanned == length) {
      ends.end();
    }
  }

  /** Drops the footer, and what is after it. */
  private void stop() {
    if (ends.stopped()) {
      ended = true;
      length = scanned;
    }
  }

  private Block cutAt(int end, long lineAfter, boolean cut) {
    char[] next = free.poll();
    char[] rest = next == null ? new char[BLOCK] : next;
    System.arraycopy(text, end, rest, 0, length - end);
    Block block =
        new Block(number++, text, end, firstLine, ends.takeUnbalanced(lineAfter), cut, false);
    text = rest;
    length -= end;
    scanned -= end;
    lastEnd = 0;
    firstLine = lineAfter;
    return block;
  }

  /** Drops the rest of a line that is too long, and goes on at the line after it. */
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
      stop();
      if (end[0] > 0) {
        drop(end[0]);
        firstLine = line[0];
        return;
      }
      drop(scanned);
      if (ended) {
        ends.end();
        firstLine = ends.line() + 1;
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
    return in.most();
  }

  /** The part of the file that has been read, 0 to 1. */
  public double progress() {
    return in.progress();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
