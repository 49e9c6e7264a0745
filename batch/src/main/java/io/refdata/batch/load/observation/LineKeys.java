package io.refdata.batch.load.observation;

import io.refdata.batch.file.Line;
import io.refdata.batch.file.NumberedTexts;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.observation.ObservationLayout.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the dimensions in a line's own columns say, as one number from 0 for each combination: a
 * look-up by the characters for each, and one for each pair of them; no text is made.
 */
final class LineKeys {
  /** More ways to write codes than this, or longer ones, are looked up anew each time. */
  private static final int MOST_REMEMBERED = 1 << 20;

  private static final int LONGEST_REMEMBERED = 256;

  private final List<Column> columns = new ArrayList<>();
  private final List<NumberedPairs> pairs = new ArrayList<>();
  private final BiPredicate<Line, Integer> missing;
  private @Nullable RejectReason refused;

  /** The codes of one dimension. */
  private static final class Column {
    private final Axis axis;
    private final NumberedTexts texts = new NumberedTexts();
    private int[] codeOfText = new int[64];
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> codes = new ArrayList<>();

    Column(Axis axis) {
      this.axis = axis;
    }
  }

  /**
   * @param missing whether a field of a line says nothing
   */
  LineKeys(List<Axis> axes, BiPredicate<Line, Integer> missing) {
    this.missing = missing;
    for (Axis axis : axes) {
      if (axis.column() >= 0) {
        columns.add(new Column(axis));
        pairs.add(new NumberedPairs());
      }
    }
  }

  /** The number of a line's combination; -1 if a dimension says nothing that is known. */
  int of(Line line) {
    int key = 0;
    for (int i = 0; i < columns.size(); i++) {
      int code = code(columns.get(i), line);
      if (code < 0) {
        return -1;
      }
      key = i == 0 ? code : pairs.get(i).of(key, code);
    }
    return key;
  }

  /** Why the last line has no number. */
  RejectReason refused() {
    if (refused == null) {
      throw new IllegalStateException("Nothing was refused");
    }
    return refused;
  }

  private int code(Column column, Line line) {
    int field = column.axis.column();
    if (!line.has(field) || missing.test(line, field)) {
      refused = column.axis.codes().missing().refused();
      return -1;
    }
    int text = column.texts.find(line.chars(), line.start(field), line.end(field));
    if (text >= 0) {
      return column.codeOfText[text];
    }
    Resolved resolved = column.axis.codes().resolve(line.text(field));
    String code = resolved.code();
    if (code == null) {
      refused = resolved.refused();
      return -1;
    }
    int number = column.numbers.computeIfAbsent(code, made -> column.codes.size());
    if (number == column.codes.size()) {
      column.codes.add(code);
    }
    if (column.texts.size() == MOST_REMEMBERED
        || line.end(field) - line.start(field) > LONGEST_REMEMBERED) {
      return number;
    }
    int added = column.texts.add(line.chars(), line.start(field), line.end(field));
    if (added == column.codeOfText.length) {
      column.codeOfText = Arrays.copyOf(column.codeOfText, 2 * added);
    }
    column.codeOfText[added] = number;
    return number;
  }

  /** The codes of a combination, in the order of the columns' dimensions. */
  List<String> codes(int key) {
    String[] codes = new String[columns.size()];
    int left = key;
    for (int i = columns.size() - 1; i >= 0; i--) {
      int code = i == 0 ? left : pairs.get(i).second(left);
      codes[i] = columns.get(i).codes.get(code);
      left = i == 0 ? left : pairs.get(i).first(left);
    }
    return Arrays.asList(codes);
  }
}
