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
    /** The line is too long and was cut off, and a quote goes on in it over line ends. */
    TOO_LONG_OVER_LINES,
    /** A quote goes on over line ends, and does not close at the end of the field. */
    UNBALANCED_QUOTE,
    /** The line has more or fewer fields than the header. */
    WRONG_FIELD_COUNT,
    /** The line is not a JSON object. */
    NOT_JSON
  }

  private static final int MAX_RAW_LENGTH = 2_000;
  private static final int MAX_BEGINNING = 1_000;

  private final boolean trim;
  private char[] chars = new char[4096];
  private int used;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private long number;
  private boolean ignored;
  private boolean lacksAbove;
  private @Nullable Fault fault;
  private @Nullable String faultDetail;
  private char @Nullable [] source;
  private int sourceStart;
  private int sourceEnd;
  private @Nullable RawLines rawLines;

  /**
   * @param trim whether spaces around fields are left out
   */
  Line(boolean trim) {
    this.trim = trim;
  }

  void begin(long lineNumber) {
    ignored = false;
    lacksAbove = false;
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

  /**
   * Begins with the beginning of a line that is too long. Its first fields may still hold the codes
   * of the line.
   */
  void beginCut(Block block, char delimiter) {
    begin(block.firstLine());
    int start = 0;
    int end = Math.min(block.length(), MAX_BEGINNING);
    for (int i = 0; i < end; i++) {
      if (block.chars()[i] == delimiter) {
        add(block.chars(), start, i - start);
        start = i + 1;
      }
    }
    setSource(block.chars(), 0, block.length());
    fail(block.several() ? Fault.TOO_LONG_OVER_LINES : Fault.TOO_LONG, null);
  }

  /** Adds a field after the last. */
  void add(char[] from, int offset, int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    put(count++, from, offset, length);
  }

  /** Leaves the last fields out that are empty, down to a number of fields. */
  void dropEmptyFrom(int fields) {
    while (count > fields && starts[count - 1] == ends[count - 1]) {
      count--;
    }
  }

  /** Leaves the fields out that come after a number of fields. */
  void cut(int fields) {
    count = Math.min(count, fields);
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

  void put(int field, char[] from, int begin, int size) {
    int offset = begin;
    int length = size;
    if (trim) {
      while (length > 0 && isSpace(from[offset + length - 1])) {
        length--;
      }
      while (length > 0 && isSpace(from[offset])) {
        offset++;
        length--;
      }
    }
    if (used + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
    }
    System.arraycopy(from, offset, chars, used, length);
    starts[field] = used;
    used += length;
    ends[field] = used;
  }

  /** Spaces of all kinds, those that do not break among them. */
  public static boolean isSpace(char c) {
    return c <= ' ' || c >= '\u0080' && (Character.isSpaceChar(c) || c == '\uFEFF');
  }

  /** Marks the line as one that the layout leaves out. */
  void ignore() {
    ignored = true;
  }

  /** Whether the layout leaves the line out. */
  public boolean ignored() {
    return ignored;
  }

  /** Marks the line as one with a cell that means the one above, and that is not known. */
  void lackAbove() {
    lacksAbove = true;
  }

  /** Whether a cell means the one above, which is in a line with a fault. */
  public boolean lacksAbove() {
    return lacksAbove;
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

  /** Whether a field has one of these texts. The line must have the field. */
  public boolean isOneOf(int field, char[][] texts) {
    int length = ends[field] - starts[field];
    for (char[] text : texts) {
      if (text.length == length
          && Arrays.equals(text, 0, length, chars, starts[field], ends[field])) {
        return true;
      }
    }
    return false;
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
