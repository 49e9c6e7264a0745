package io.refdata.batch.file;

/**
 * Finds again where lines of CSV stand in a block, as they are in the file: what is refused is
 * shown to whoever sent it. Only lines one after the other are asked for, so that a block is looked
 * through once at most.
 */
final class RawLines {
  private final Block block;
  private final char delimiter;
  private int place;
  private long line;

  RawLines(Block block, char delimiter) {
    this.block = block;
    this.delimiter = delimiter;
    this.line = block.firstLine();
  }

  /**
   * The line without its end; of a long one the beginning. It goes on in the next lines while a
   * quote is open.
   */
  String at(long number, int longest) {
    while (line < number && place < block.length()) {
      place = afterLineEnd(place);
      line++;
    }
    return new String(block.chars(), place, Math.min(end() - place, longest));
  }

  private int afterLineEnd(int from) {
    char[] chars = block.chars();
    int i = from;
    while (i < block.length() && chars[i] != '\n' && chars[i] != '\r') {
      i++;
    }
    boolean two = i + 1 < block.length() && chars[i] == '\r' && chars[i + 1] == '\n';
    return Math.min(block.length(), i + (two ? 2 : 1));
  }

  private int end() {
    char[] chars = block.chars();
    boolean quoted = false;
    int closed = -2;
    int i = place;
    for (; i < block.length(); i++) {
      char c = chars[i];
      if (c == '"') {
        closed = quoted ? i : closed;
        // Of two in a quoted field the first ends the quote, and the second opens it again.
        quoted = !quoted && (i == place || chars[i - 1] == delimiter || closed == i - 1);
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      }
    }
    return i;
  }
}
