package io.refdata.batch.proposal.sample;

import io.refdata.domain.layout.FileForm;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into records and fields, for one guess of delimiter and quote. A record at the end of
 * the text that has no line end is left out if the text is cut off.
 */
final class Records {
  private final String text;
  private final char delimiter;
  private final boolean spaces;
  private final char quote;
  private final char escape;
  private final char comment;
  private final List<Row> rows = new ArrayList<>();
  private int position;
  private int line = 1;
  private boolean unclosed;

  /**
   * A record that is no comment and not empty.
   *
   * @param line the number of its first line, from 1
   * @param end the index after its line end
   */
  record Row(int line, List<String> fields, int end) {
    Row {
      fields = List.copyOf(fields);
    }
  }

  /** A guess of what separates and quotes fields. */
  record Guess(String delimiter, char quote, char escape, char comment) {
    boolean spaces() {
      return delimiter.equals(FileForm.SPACES);
    }
  }

  private Records(String text, Guess guess) {
    this.text = text;
    this.spaces = guess.spaces();
    this.delimiter = spaces ? ' ' : guess.delimiter().charAt(0);
    this.quote = guess.quote();
    this.escape = guess.escape();
    this.comment = guess.comment();
  }

  /**
   * @param cutOff whether the text may end within a record
   * @param most the largest number of records
   */
  static Records of(String text, Guess guess, boolean cutOff, int most) {
    Records records = new Records(text, guess);
    while (records.position < text.length() && records.rows.size() < most) {
      records.read(cutOff);
    }
    return records;
  }

  List<Row> rows() {
    return rows;
  }

  /** The index after the last record. */
  int end() {
    return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).end();
  }

  /** Whether the last quote is never closed, though the text is complete or long. */
  boolean unclosed() {
    return unclosed;
  }

  private void read(boolean cutOff) {
    int first = line;
    if (comment != FileForm.NONE && text.charAt(position) == comment) {
      while (position < text.length() && !atLineEnd()) {
        position++;
      }
      lineEnd();
      return;
    }
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean start = true;
    skipSpaces();
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == escape && escape != FileForm.NONE && position + 1 < text.length()) {
        field.append(text.charAt(position + 1));
        position++;
      } else if (quoted && c == quote) {
        if (position + 1 < text.length() && text.charAt(position + 1) == quote) {
          field.append(c);
          position++;
        } else {
          quoted = false;
        }
      } else if (start && c == quote && quote != FileForm.NONE) {
        quoted = true;
      } else if (!quoted && c == delimiter) {
        fields.add(field.toString());
        field.setLength(0);
        position++;
        skipSpaces();
        start = true;
        continue;
      } else if (!quoted && atLineEnd()) {
        break;
      } else {
        field.append(c);
        line += c == '\n' && quoted ? 1 : 0;
      }
      start = false;
      position++;
    }
    boolean complete = position < text.length();
    lineEnd();
    unclosed |= quoted;
    boolean trailing = spaces && field.isEmpty() && !fields.isEmpty();
    if (!trailing) {
      fields.add(field.toString());
    }
    boolean blank = fields.size() == 1 && fields.get(0).isEmpty();
    if (!blank && (complete || !cutOff) && !quoted) {
      rows.add(new Row(first, fields, position));
    }
  }

  private void skipSpaces() {
    while (spaces && position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  private boolean atLineEnd() {
    return text.charAt(position) == '\n' || text.charAt(position) == '\r';
  }

  private void lineEnd() {
    if (position < text.length()) {
      boolean crLf =
          text.charAt(position) == '\r'
              && position + 1 < text.length()
              && text.charAt(position + 1) == '\n';
      position += crLf ? 2 : 1;
      line++;
    }
  }
}
