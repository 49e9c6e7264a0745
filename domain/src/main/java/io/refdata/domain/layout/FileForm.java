package io.refdata.domain.layout;

import org.jspecify.annotations.Nullable;

/**
 * The way in which a file is cut into lines and fields. Members that are not given are null; the
 * methods below then return the default.
 *
 * @param format {@code csv} or {@code ndjson}
 * @param encoding the character set
 * @param delimiter the character between columns, or {@link #SPACES}
 * @param quote the character around fields; empty if quotes are letters like others
 * @param escape the character before a quote, a delimiter or itself that makes it a letter
 * @param skip the number of lines above the header
 * @param header false if the first line is data; then columns have numbers from 1 as names
 * @param comment the character that lines begin with that are not read
 * @param stopAt the text that the first line begins with that is not read, nor any after it
 * @param shortLines true if fields that a line lacks at its end are empty
 * @param trim true if spaces around a field do not count
 */
public record FileForm(
    @Nullable String format,
    @Nullable String encoding,
    @Nullable String delimiter,
    @Nullable String quote,
    @Nullable String escape,
    int skip,
    boolean header,
    @Nullable String comment,
    @Nullable String stopAt,
    boolean shortLines,
    boolean trim) {

  /** A run of spaces between columns. Such a file has no quotes. */
  public static final String SPACES = " +";

  /** No character, where a character may be absent: a text file has no such one. */
  public static final char NONE = '\0';

  /** The largest number of lines above a header. */
  public static final int MOST_SKIPPED = 1_000;

  /** CSV of RFC 4180 in UTF-8. */
  public static final FileForm PLAIN =
      new FileForm(null, null, null, null, null, 0, true, null, null, false, true);

  public boolean json() {
    return "ndjson".equals(format);
  }

  /** True if a run of spaces is between columns. */
  public boolean spaces() {
    return SPACES.equals(delimiter);
  }

  public char fieldSeparator() {
    return delimiter == null ? ',' : delimiter.charAt(0);
  }

  /** The character around fields; {@link #NONE} if there are no quotes. */
  public char quoteSign() {
    return spaces() ? NONE : quote == null ? '"' : first(quote);
  }

  /** The character that makes the next one a letter; {@link #NONE} if there is none. */
  public char escapeSign() {
    return first(escape);
  }

  /** The character that comments begin with; {@link #NONE} if there are no comments. */
  public char commentSign() {
    return first(comment);
  }

  private static char first(@Nullable String text) {
    return text == null || text.isEmpty() ? NONE : text.charAt(0);
  }

  public String charset() {
    return encoding == null ? "UTF-8" : encoding;
  }
}
