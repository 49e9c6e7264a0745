package io.refdata.batch.file;

import java.util.Arrays;
import java.util.List;

/**
 * Lines as a layout wants them: each with a field for each column, cells filled from above, joined
 * columns behind the others, and marked if the layout leaves them out.
 */
public final class ShapedLines implements LineReader {
  private static final char[] NOTHING = new char[0];

  private final LineReader lines;
  private final Shape shape;
  private final char[][] above;

  /** Which of them are not known, because a line above has a fault. */
  private final boolean[] unknown;

  private final char[][] missingInFilled;

  /**
   * The changes that are made to lines.
   *
   * @param columns the number of columns; -1 if lines need not have them all
   * @param shortLines whether fields that a line lacks at its end are empty
   * @param filled the columns whose empty cell means the cell above
   * @param missingInFilled the texts there that mean an empty cell
   * @param joined the columns that follow the others
   * @param ignored the texts whose lines are left out
   */
  public record Shape(
      int columns,
      boolean shortLines,
      List<Integer> filled,
      List<String> missingInFilled,
      List<Joined> joined,
      List<Ignored> ignored) {
    public Shape {
      filled = List.copyOf(filled);
      missingInFilled = List.copyOf(missingInFilled);
      joined = List.copyOf(joined);
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * Columns whose texts are joined. If one of them is missing, they all are.
   *
   * @param missing the texts that mean an empty cell
   */
  public record Joined(List<Integer> columns, String join, List<String> missing) {}

  /** The texts in a column whose lines are left out. */
  public record Ignored(int column, List<String> texts) {}

  private final int[][] joinedColumns;
  private final char[][] joins;
  private final char[][][] missing;
  private final char[][][] ignoredTexts;

  public ShapedLines(LineReader lines, Shape shape) {
    this.lines = lines;
    this.shape = shape;
    this.above = new char[shape.filled().size()][];
    Arrays.fill(above, NOTHING);
    this.unknown = new boolean[above.length];
    this.missingInFilled = chars(shape.missingInFilled());
    this.joinedColumns =
        shape.joined().stream()
            .map(joined -> joined.columns().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.joins =
        shape.joined().stream().map(joined -> joined.join().toCharArray()).toArray(char[][]::new);
    this.missing =
        shape.joined().stream().map(joined -> chars(joined.missing())).toArray(char[][][]::new);
    this.ignoredTexts =
        shape.ignored().stream().map(ignored -> chars(ignored.texts())).toArray(char[][][]::new);
  }

  /** The characters of texts, for {@link Line#isOneOf}. */
  public static char[][] chars(List<String> texts) {
    return texts.stream().map(String::toCharArray).toArray(char[][]::new);
  }

  @Override
  public void read(Block block, LineHandler handler) {
    lines.read(
        block,
        line -> {
          if (line.fault() == null) {
            shape(line);
          }
          if (line.fault() != null) {
            // The meaning of the cells below it is not known: they stay empty.
            Arrays.fill(above, NOTHING);
            Arrays.fill(unknown, true);
            settle(line);
          }
          handler.handle(line);
        });
  }

  private void shape(Line line) {
    if (shape.columns() >= 0 && line.count() != shape.columns() && !complete(line)) {
      return;
    }
    for (int i = 0; i < above.length; i++) {
      fill(line, i);
    }
    for (int i = 0; i < ignoredTexts.length; i++) {
      int column = shape.ignored().get(i).column();
      if (line.has(column) && line.isOneOf(column, ignoredTexts[i])) {
        line.ignore();
      }
    }
    join(line);
  }

  /**
   * A line with a fault still names what is not to be deleted: its joined columns are where those
   * of other lines are.
   */
  private void settle(Line line) {
    if (joinedColumns.length > 0 && shape.columns() >= 0) {
      line.cut(shape.columns());
      while (line.count() < shape.columns()) {
        line.add(NOTHING, 0, 0);
      }
      join(line);
    }
  }

  private void join(Line line) {
    for (int i = 0; i < joinedColumns.length; i++) {
      join(line, i);
    }
  }

  /** An empty field at the end is no field: some publishers end lines with a delimiter. */
  private boolean complete(Line line) {
    line.dropEmptyFrom(shape.columns());
    if (line.count() == shape.columns()) {
      return true;
    }
    if (shape.shortLines() && line.count() < shape.columns()) {
      while (line.count() < shape.columns()) {
        line.add(NOTHING, 0, 0);
      }
      return true;
    }
    line.fail(
        Line.Fault.WRONG_FIELD_COUNT,
        "the line has %d fields, the header %d".formatted(line.count(), shape.columns()));
    return false;
  }

  private void fill(Line line, int number) {
    int column = shape.filled().get(number);
    if (line.has(column)
        && line.end(column) > line.start(column)
        && !line.isOneOf(column, missingInFilled)) {
      above[number] = Arrays.copyOfRange(line.chars(), line.start(column), line.end(column));
      unknown[number] = false;
    } else {
      if (unknown[number]) {
        line.lackAbove();
      }
      line.put(column, above[number], 0, above[number].length);
    }
  }

  private void join(Line line, int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < joinedColumns[number].length; i++) {
      int column = joinedColumns[number][i];
      if (!line.has(column) || line.isOneOf(column, missing[number])) {
        text.setLength(0);
        break;
      }
      text.append(i == 0 ? NOTHING : joins[number])
          .append(line.chars(), line.start(column), line.end(column) - line.start(column));
    }
    line.add(text.toString().toCharArray(), 0, text.length());
  }
}
