package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the ends of lines, so that a file can be cut there. A line end between quotes is part of
 * the line. A quote opens only at the start of a field, as in the CSV reader.
 */
final class LineEnds {
  private static final int NO_DELIMITER = -1;

  private final int delimiter;
  private boolean quoted;
  private long quoteLine;
  private long recordLine = 1;
  private long line = 1;
  private final Set<Long> unbalanced = new HashSet<>();

  private LineEnds(int delimiter) {
    this.delimiter = delimiter;
  }

  static LineEnds ofCsv(char delimiter) {
    return new LineEnds(delimiter);
  }

  /** For text in which quotes do not matter for line ends, such as NDJSON. */
  static LineEnds plain() {
    return new LineEnds(NO_DELIMITER);
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
      char c = text[i];
      if (c > '"') {
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
      } else if (c == '"' && delimiter != NO_DELIMITER) {
        if (quoted) {
          if (i + 1 == limit && !last) {
            return i;
          }
          if (i + 1 < limit && text[i + 1] == '"') {
            i++;
          } else {
            quoted = false;
            if (line > quoteLine && i + 1 < limit && !endsField(text[i + 1])) {
              unbalanced.add(recordLine);
            }
          }
        } else if (i == 0 || endsField(text[i - 1])) {
          quoted = true;
          quoteLine = line;
        }
      } else if (c == 0) {
        throw new InvalidLoad(
            "Line %d holds a zero byte, which no text has: this is no text file, or in another encoding than its layout says."
                .formatted(line));
      }
    }
    return i;
  }

  private void endLine(int after, LineEndHandler handler) {
    line++;
    if (!quoted) {
      recordLine = line;
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
