package io.refdata.batch.file;

import io.refdata.domain.layout.FileForm;

/**
 * Reads lines that RFC 4180 does not have: with a character that makes the next one a letter, or
 * with runs of spaces between columns.
 */
final class SplitLines implements LineReader {
  private final FileForm form;
  private final long headerLine;
  private final char delimiter;
  private final char quote;
  private final char escape;
  private final char comment;
  private final Line line;
  private final StringBuilder field = new StringBuilder();
  private char[] chars = new char[0];
  private int length;
  private int position;
  private long lineNumber;

  /**
   * @param headerLine the line that holds the names of the columns; 0 if there is none
   */
  SplitLines(FileForm form, long headerLine) {
    this.form = form;
    this.headerLine = headerLine;
    this.delimiter = form.spaces() ? ' ' : form.fieldSeparator();
    this.quote = form.quoteSign();
    this.escape = form.escapeSign();
    this.comment = form.commentSign();
    this.line = new Line(form.trim());
  }

  @Override
  public void read(Block block, LineHandler handler) {
    if (block.cut()) {
      line.beginCut(block, delimiter);
      handler.handle(line);
      return;
    }
    RawLines raw = new RawLines(block, form);
    chars = block.chars();
    length = block.length();
    position = 0;
    lineNumber = block.firstLine();
    while (position < length) {
      long number = lineNumber;
      if (atLineEnd()) {
        skipLineEnd();
      } else if (chars[position] == comment) {
        skipLine();
      } else {
        line.begin(number);
        line.setSource(raw);
        readFields();
        if (block.unbalanced().contains(number)) {
          line.fail(Line.Fault.UNBALANCED_QUOTE, null);
        }
        if (number != headerLine && !blank()) {
          handler.handle(line);
        }
      }
    }
  }

  /** In a file with runs of spaces a line may be nothing but spaces. */
  private boolean blank() {
    return form.spaces() && line.count() == 1 && line.end(0) == line.start(0);
  }

  private boolean atLineEnd() {
    return chars[position] == '\n' || chars[position] == '\r';
  }

  private void skipLineEnd() {
    boolean crLf = chars[position] == '\r' && position + 1 < length && chars[position + 1] == '\n';
    position += crLf ? 2 : 1;
    lineNumber++;
  }

  private void skipLine() {
    while (position < length && !atLineEnd()) {
      position++;
    }
    if (position < length) {
      skipLineEnd();
    }
  }

  private void readFields() {
    skipRun();
    do {
      readField();
    } while (nextField());
    if (position < length) {
      skipLineEnd();
    }
  }

  /** Goes to the next field of the line; false if there is none. */
  private boolean nextField() {
    if (position >= length || atLineEnd()) {
      return false;
    }
    position++;
    skipRun();
    // Spaces at the end of a line separate nothing.
    return !form.spaces() || position < length && !atLineEnd();
  }

  private void skipRun() {
    while (form.spaces() && position < length && chars[position] == ' ') {
      position++;
    }
  }

  private void readField() {
    field.setLength(0);
    boolean quoted = position < length && quote != FileForm.NONE && chars[position] == quote;
    position += quoted ? 1 : 0;
    while (position < length) {
      char c = chars[position];
      if (c == escape && escape != FileForm.NONE && position + 1 < length) {
        readEscaped(quoted);
      } else if (quoted && c == quote) {
        quoted = false;
        position++;
      } else if (!quoted && (c == delimiter || atLineEnd())) {
        break;
      } else if (atLineEnd()) {
        int end = position;
        skipLineEnd();
        field.append(chars, end, position - end);
      } else {
        field.append(c);
        position++;
      }
    }
    line.add(field.toString().toCharArray(), 0, field.length());
  }

  /** A line end stays one: between quotes it is a part of the text, else the line ends there. */
  private void readEscaped(boolean quoted) {
    char next = chars[position + 1];
    boolean lineEnd = next == '\n' || next == '\r';
    if (!lineEnd) {
      field.append(next);
    } else if (!quoted) {
      field.append(escape);
    }
    position += lineEnd ? 1 : 2;
  }
}
