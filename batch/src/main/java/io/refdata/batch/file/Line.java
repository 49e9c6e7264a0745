package io.refdata.batch.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one line. The object is used again for the next line, so callers must not keep it.
 * Fields are read from the character buffer without creating a {@link String}, because millions of
 * them are numbers.
 */
public final class Line {
  /** A fault of the whole line. */
  public enum Fault {
    /** The line is too long and was cut off. */
    TOO_LONG,
    /** A quote goes on over line ends, and does not close at the end of the field. */
    UNBALANCED_QUOTE,
    /** The line is not a JSON object. */
    NOT_JSON
  }

  private static final int MAX_RAW_LENGTH = 2_000;

  private char[] chars = new char[4096];
  private int used;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private long number;
  private @Nullable Fault fault;
  private @Nullable String faultDetail;
  private char @Nullable [] source;
  private int sourceStart;
  private int sourceEnd;
  private @Nullable RawLines rawLines;

  void begin(long lineNumber) {
    used = 0;
    count = 0;
    number = lineNumber;
    fault = null;
    faultDetail = null;
    source = null;
    rawLines = null;
  }

  void renumber(long lineNumber) {
    number = lineNumber;
  }

  /** Adds a field after the last. */
  void add(char[] from, int offset, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    put(count++, from, offset, length);
  }

  /** Begins a line with this number of fields; all fields are absent at first. */
  void expect(int fields) {
    if (fields > starts.length) {
      starts = new int[fields];
      ends = new int[fields];
    }
    Arrays.fill(starts, 0, fields, -1);
    Arrays.fill(ends, 0, fields, -1);
    count = fields;
  }

  void put(int field, char[] from, int offset, int length) {
    if (used + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
    }
    System.arraycopy(from, offset, chars, used, length);
    starts[field] = used;
    used += length;
    ends[field] = used;
  }

  void fail(Fault kind, @Nullable String detail) {
    fault = kind;
    faultDetail = detail;
  }

  /** Sets the characters of the line as they are in the file. */
  void setSource(char[] in, int from, int to) {
    source = in;
    sourceStart = from;
    sourceEnd = to;
  }

  /** Sets the object that can find the original characters of the line. */
  void setSource(RawLines in) {
    rawLines = in;
  }

  /** The number of the line in the file, from 1; the header line counts. */
  public long number() {
    return number;
  }

  public int count() {
    return count;
  }

  /** The fault of the whole line; null if there is none. */
  public @Nullable Fault fault() {
    return fault;
  }

  /** A description of the fault; null if its kind says enough. */
  public @Nullable String faultDetail() {
    return faultDetail;
  }

  /** Whether the line has the field; a line of JSON may lack it. */
  public boolean has(int field) {
    return field < count && starts[field] >= 0;
  }

  /** The characters of all fields; {@link #start} and {@link #end} are indexes into them. */
  public char[] chars() {
    return chars;
  }

  public int start(int field) {
    return starts[field];
  }

  public int end(int field) {
    return ends[field];
  }

  /** The text of a field; empty if the line lacks it. */
  public String text(int field) {
    return has(field) ? new String(chars, starts[field], ends[field] - starts[field]) : "";
  }

  /** The line as it is in the file; only the beginning if it is long. */
  public String raw() {
    if (rawLines != null) {
      return rawLines.at(number, MAX_RAW_LENGTH);
    } else if (source == null) {
      throw new IllegalStateException("The source of line " + number + " is not set");
    }
    return new String(source, sourceStart, Math.min(sourceEnd - sourceStart, MAX_RAW_LENGTH))
        .strip();
  }
}
