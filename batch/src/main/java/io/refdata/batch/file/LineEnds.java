package io.refdata.batch.file;

import io.refdata.domain.layout.FileForm;
import io.refdata.domain.load.InvalidLoad;
import java.nio.CharBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ends of lines, so that a file can be cut there. A line end between quotes is part of
 * the line. A quote opens only at the start of a field, as in the CSV reader.
 */
final class LineEnds {
  private final char delimiter;
  private final char quote;
  private final char escape;
  private final char comment;
  private final @Nullable String stopAt;
  private final boolean marks;

  /** No character above this one means anything for line ends. */
  private final char highest;

  private boolean quoted;
  private long quoteLine;
  private long recordLine = 1;
  private long line = 1;
  private boolean recordStarts = true;
  private boolean inComment;
  private boolean stopped;
  private final Set<Long> unbalanced = new HashSet<>();

  private LineEnds(FileForm form, char quote) {
    this.delimiter = form.fieldSeparator();
    this.quote = quote;
    this.escape = form.escapeSign();
    this.comment = form.commentSign();
    this.stopAt = form.stopAt();
    this.marks = comment != FileForm.NONE || stopAt != null;
    this.highest = (char) Math.max('\r', Math.max(quote, escape));
  }

  static LineEnds ofCsv(FileForm form) {
    return new LineEnds(form, form.quoteSign());
  }

  /** For text in which quotes do not matter for line ends, such as NDJSON. */
  static LineEnds plain() {
    return new LineEnds(FileForm.PLAIN, FileForm.NONE);
  }

  /** Goes on at a line of the file, as the first that counts. */
  void beginAt(long first) {
    line = first;
    recordLine = first;
  }

  /** True if the scan has come to the line at which reading stops. */
  boolean stopped() {
    return stopped;
  }

  /** The number of the line that was scanned last. */
  long line() {
    return line;
  }

  /**
   * Scans a text from where the last scan stopped.
   *
   * @param from the index at which the last scan stopped
   * @param last true if this is the end of the file
   * @return the index for the next scan: the limit, or one less if the last character can only be
   *     understood together with the next one
   */
  int scan(char[] text, int from, int limit, boolean last, LineEndHandler handler) {
    int i = from;
    for (; i < limit; i++) {
      if (marks && recordStarts && !startRecord(text, i, limit, last)) {
        return i;
      }
      char c = text[i];
      if (c > highest) {
        continue;
      }
      if (c == '\n') {
        endLine(i + 1, handler);
      } else if (c == '\r') {
        if (i + 1 == limit && !last) {
          return i;
        }
        // CR LF is one line end.
        if (i + 1 == limit || text[i + 1] != '\n') {
          endLine(i + 1, handler);
        }
      } else if (c == 0) {
        throw new InvalidLoad(
            "Line %d holds a zero byte, which no text has: this is no text file, or in another encoding than its layout says."
                .formatted(line));
      } else if (c == escape && !inComment) {
        if (i + 1 == limit && !last) {
          return i;
        }
        i += i + 1 < limit && text[i + 1] != '\n' && text[i + 1] != '\r' ? 1 : 0;
      } else if (c == quote && !inComment) {
        if (!quoted && (i == 0 || endsField(text[i - 1]))) {
          quoted = true;
          quoteLine = line;
        } else if (quoted && i + 1 == limit && !last) {
          return i;
        } else if (quoted && escape == FileForm.NONE && i + 1 < limit && text[i + 1] == quote) {
          i++;
        } else if (quoted) {
          quoted = false;
          if (line > quoteLine && i + 1 < limit && !endsField(text[i + 1])) {
            unbalanced.add(recordLine);
          }
        }
      }
    }
    return i;
  }

  /**
   * Looks whether a comment begins here, or the footer.
   *
   * @return false if the scan must stop here: the footer begins, or the text does not reach far
   *     enough to say so
   */
  private boolean startRecord(char[] text, int at, int limit, boolean last) {
    if (stopAt != null) {
      int begin = text[at] == quote ? at + 1 : at;
      if (limit - begin < stopAt.length() && !last) {
        return false;
      }
      stopped =
          limit - begin >= stopAt.length()
              && stopAt.contentEquals(CharBuffer.wrap(text, begin, stopAt.length()));
      if (stopped) {
        return false;
      }
    }
    inComment = text[at] == comment;
    recordStarts = false;
    return true;
  }

  private void endLine(int after, LineEndHandler handler) {
    line++;
    if (!quoted) {
      recordLine = line;
      recordStarts = true;
      inComment = false;
      handler.end(after, line);
    }
  }

  private boolean endsField(char c) {
    return c == delimiter || c == '\n' || c == '\r';
  }

  /**
   * The first lines, before a line, of records in which a quote closes on a later line than it
   * opens, and not at the end of the field. They are told once.
   */
  Set<Long> takeUnbalanced(long before) {
    if (unbalanced.isEmpty()) {
      return Set.of();
    }
    Set<Long> taken =
        unbalanced.stream().filter(first -> first < before).collect(Collectors.toSet());
    unbalanced.removeAll(taken);
    return taken;
  }

  /** Checks at the end of the text that no quote is open. */
  void end() {
    if (quoted) {
      throw new InvalidLoad("A quote that opens in line %d is never closed.".formatted(quoteLine));
    }
  }

  /** Receives the position of each line end. */
  interface LineEndHandler {
    /**
     * @param after the index after the line end
     * @param line the number of the next line
     */
    void end(int after, long line);
  }
}
