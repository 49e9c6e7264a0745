package io.refdata.batch.file;

import io.refdata.domain.layout.FileForm;

/**
 * Finds the original characters of CSV lines in a block, because a rejected line is shown to the
 * sender as it was written. Callers ask for lines in ascending order, so the block is scanned at
 * most once.
 */
final class RawLines {
  private final Block block;
  private final FileForm form;
  private int position;
  private long line;

  RawLines(Block block, FileForm form) {
    this.block = block;
    this.form = form;
    this.line = block.firstLine();
  }

  /**
   * The line without its line end; only the beginning if the line is long. The line continues over
   * line ends while a quote is open.
   */
  String at(long number, int maxLength) {
    while (line < number && position < block.length()) {
      position = afterLineEnd(position);
      line++;
    }
    return new String(block.chars(), position, Math.min(end() - position, maxLength));
  }

  private int afterLineEnd(int from) {
    char[] chars = block.chars();
    int i = from;
    while (i < block.length() && chars[i] != '\n' && chars[i] != '\r') {
      i++;
    }
    boolean crLf = i + 1 < block.length() && chars[i] == '\r' && chars[i + 1] == '\n';
    return Math.min(block.length(), i + (crLf ? 2 : 1));
  }

  private int end() {
    char[] chars = block.chars();
    char quote = form.quoteSign();
    char escape = form.escapeSign();
    char delimiter = form.fieldSeparator();
    boolean quoted = false;
    int lastClosed = -2;
    int i = position;
    for (; i < block.length(); i++) {
      char c = chars[i];
      if (c == escape) {
        i++;
      } else if (c == quote) {
        lastClosed = quoted ? i : lastClosed;
        // A doubled quote in a quoted field: the first closes the quote, the second opens it again.
        quoted = !quoted && (i == position || chars[i - 1] == delimiter || lastClosed == i - 1);
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      }
    }
    return Math.min(i, block.length());
  }
}
