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
 * Numbers the combinations of codes in a line's dimension columns, from 0. It needs one look-up by
 * characters for each column and one for each further column's pair, and creates no {@link String}.
 */
final class LineKeys {
  /**
   * The cache holds at most this number of texts; further texts and longer texts are resolved each
   * time.
   */
  private static final int MAX_CACHED = 1 << 20;

  private static final int MAX_CACHED_LENGTH = 256;

  private final List<Column> columns = new ArrayList<>();
  private final List<NumberedPairs> pairs = new ArrayList<>();
  private final BiPredicate<Line, Integer> missing;
  private @Nullable RejectReason reject;

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
   * @param missing tests whether a field of a line has no value
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

  /**
   * The number of a line's combination; -1 if the code of a dimension is missing or cannot be
   * resolved.
   */
  int numberOf(Line line) {
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

  /** The reason why the last line has no number. */
  RejectReason reject() {
    if (reject == null) {
      throw new IllegalStateException("The last line has a number");
    }
    return reject;
  }

  private int code(Column column, Line line) {
    int field = column.axis.column();
    if (!line.has(field) || missing.test(line, field)) {
      reject = column.axis.codes().missing().reject();
      return -1;
    }
    int text = column.texts.find(line.chars(), line.start(field), line.end(field));
    if (text >= 0) {
      return column.codeOfText[text];
    }
    Resolved resolved = column.axis.codes().resolve(line.text(field));
    String code = resolved.code();
    if (code == null) {
      reject = resolved.reject();
      return -1;
    }
    int number = column.numbers.computeIfAbsent(code, absent -> column.codes.size());
    if (number == column.codes.size()) {
      column.codes.add(code);
    }
    if (column.texts.size() == MAX_CACHED
        || line.end(field) - line.start(field) > MAX_CACHED_LENGTH) {
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
    int rest = key;
    for (int i = columns.size() - 1; i >= 0; i--) {
      int code = i == 0 ? rest : pairs.get(i).second(rest);
      codes[i] = columns.get(i).codes.get(code);
      rest = i == 0 ? rest : pairs.get(i).first(rest);
    }
    return Arrays.asList(codes);
  }
}
