package io.refdata.batch.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one line, used again for the next: nothing of it may be kept. A field is read where
 * it stands, so that no text is made for the millions that are numbers.
 */
public final class Line {
  /** What is wrong with a line as a whole. */
  public enum Fault {
    /** It was cut off. */
    TOO_LONG,
    /** It is no JSON object. */
    NOT_JSON
  }

  private static final int LONGEST_RAW = 2_000;

  private char[] chars = new char[4096];
  private int used;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  private long number;
  private @Nullable Fault fault;
  private @Nullable String why;
  private char @Nullable [] source;
  private int sourceStart;
  private int sourceEnd;
  private @Nullable RawLines rawLines;

  void begin(long lineNumber) {
    used = 0;
    count = 0;
    number = lineNumber;
    fault = null;
    why = null;
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

  /** Begins a line of so many fields, none of which is there yet. */
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

  void fail(Fault what, @Nullable String because) {
    fault = what;
    why = because;
  }

  /** Where the line stands in the file's characters. */
  void stands(char[] in, int from, int to) {
    source = in;
    sourceStart = from;
    sourceEnd = to;
  }

  /** What finds again how the line stands in the file. */
  void stands(RawLines in) {
    rawLines = in;
  }

  /** Its number in the file, from 1, the header line included. */
  public long number() {
    return number;
  }

  public int count() {
    return count;
  }

  /** What is wrong with it as a whole; null if nothing is. */
  public @Nullable Fault fault() {
    return fault;
  }

  /** The fault in words, if there is more to say than what kind it is. */
  public @Nullable String why() {
    return why;
  }

  /** Whether the line has the field; one of JSON may lack it. */
  public boolean has(int field) {
    return field < count && starts[field] >= 0;
  }

  /** The characters that {@link #start} and {@link #end} are places in. */
  public char[] chars() {
    return chars;
  }

  public int start(int field) {
    return starts[field];
  }

  public int end(int field) {
    return ends[field];
  }

  /** A field as a text; empty if the line lacks it. */
  public String text(int field) {
    return has(field) ? new String(chars, starts[field], ends[field] - starts[field]) : "";
  }

  /** The line as it stands in the file; of a long one the beginning. */
  public String raw() {
    if (rawLines != null) {
      return rawLines.at(number, LONGEST_RAW);
    } else if (source == null) {
      throw new IllegalStateException("Nobody said where line " + number + " stands");
    }
    return new String(source, sourceStart, Math.min(sourceEnd - sourceStart, LONGEST_RAW)).strip();
  }
}
