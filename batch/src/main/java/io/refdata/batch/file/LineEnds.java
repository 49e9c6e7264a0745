package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;

/**
 * Finds where lines end, so that a file can be cut there. A line end between quotes is part of its
 * line; quotes open at the start of a field only, as the CSV reader has it.
 */
final class LineEnds {
  private static final int NO_DELIMITER = -1;

  private final int delimiter;
  private boolean quoted;
  private long quotedSince;
  private long line = 1;

  private LineEnds(int delimiter) {
    this.delimiter = delimiter;
  }

  static LineEnds ofCsv(char delimiter) {
    return new LineEnds(delimiter);
  }

  /** Of text in which quotes have no meaning for line ends, like NDJSON. */
  static LineEnds plain() {
    return new LineEnds(NO_DELIMITER);
  }

  /** The number of the line that what was scanned last belongs to. */
  long line() {
    return line;
  }

  /**
   * Looks on through a text.
   *
   * @param from where it was left off
   * @param last whether nothing comes after the text
   * @return where it has to be looked on from: the limit, or one before it if the last character
   *     can only be understood with the next
   */
  int scan(char[] text, int from, int limit, boolean last, Ends ends) {
    int i = from;
    for (; i < limit; i++) {
      char c = text[i];
      if (c > '"') {
        continue;
      }
      if (c == '\n') {
        line++;
        if (!quoted) {
          ends.end(i + 1, line);
        }
      } else if (c == '\r') {
        if (i + 1 == limit && !last) {
          return i;
        }
        // Before a line feed it is part of that line end.
        if (i + 1 == limit || text[i + 1] != '\n') {
          line++;
          if (!quoted) {
            ends.end(i + 1, line);
          }
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
          }
        } else if (i == 0 || opens(text[i - 1])) {
          quoted = true;
          quotedSince = line;
        }
      } else if (c == 0) {
        throw new InvalidLoad(
            "Line %d holds a zero byte, which no text has: this is no text file, or in another encoding than its layout says."
                .formatted(line));
      }
    }
    return i;
  }

  private boolean opens(char before) {
    return before == delimiter || before == '\n' || before == '\r';
  }

  /** At the end of the text: no quote may be open. */
  void end() {
    if (quoted) {
      throw new InvalidLoad(
          "A quote that opens in line %d is never closed.".formatted(quotedSince));
    }
  }

  /** Takes note of where a line ends. */
  interface Ends {
    /**
     * @param after the place after the line end
     * @param line the number of the line that begins there
     */
    void end(int after, long line);
  }
}
