package io.refdata.batch.load.observation;

import io.refdata.batch.file.Line;
import io.refdata.batch.load.cell.Numbers;
import io.refdata.batch.load.cell.TimeColumn;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.batch.load.intake.Tally;
import io.refdata.batch.load.observation.ObservationLayout.Axis;
import io.refdata.batch.load.observation.ObservationLayout.ValueColumn;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.SparedKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses the observations of lines; a line has one or more. A fault of the line rejects all its
 * values. Each thread needs its own parser.
 */
final class ObservationParser {
  private static final int COLUMN_BITS = 16;

  private final ObservationLayout layout;
  private final ValueColumn[] columns;
  private final int[] groups;
  private final List<List<@Nullable String>> headers;
  private final NumberedPairs series = new NumberedPairs();
  private final char[][] missingValues;
  private final char decimalSign;
  private final TimeColumn time;
  private final Statuses statuses;
  private final @Nullable Double constantValue;
  private final LineKeys keys;
  private final Tally tally;
  private final Rejects.Writer rejects;
  private final @Nullable SparedKeys spared;
  private final ObservationRows rows = new ObservationRows();

  ObservationParser(ObservationLayout layout, Intake intake) {
    this.layout = layout;
    this.columns = layout.values().toArray(new ValueColumn[0]);
    this.headers =
        layout.values().stream()
            .map(ValueColumn::dimensions)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    this.groups = groups(layout.values(), headers);
    this.missingValues = chars(layout.missing());
    char[][] missingCodes = chars(layout.missingCodes());
    this.decimalSign = layout.decimalSign();
    this.time = layout.time();
    this.statuses = layout.statuses();
    this.constantValue = layout.constantValue();
    this.keys = new LineKeys(layout.axes(), (line, field) -> isOneOf(missingCodes, line, field));
    this.tally = intake.tally();
    this.rejects = intake.rejects();
    this.spared = intake.spared();
  }

  /**
   * Numbers the distinct lists of codes in headers, and returns the number for each column. In a
   * file with a column for each time, all columns have the same number.
   */
  private static int[] groups(List<ValueColumn> columns, List<List<@Nullable String>> headers) {
    Map<List<@Nullable String>, Integer> numbers = new HashMap<>();
    headers.forEach(header -> numbers.put(header, numbers.size()));
    return columns.stream()
        .mapToInt(column -> numbers.getOrDefault(column.dimensions(), -1))
        .toArray();
  }

  ObservationRows rows() {
    return rows;
  }

  void handle(Line line) {
    tally.line();
    RejectReason reason = RejectReasons.line(line, layout.header().size());
    if (reason != null) {
      if (spared != null) {
        RejectReasons.requireOneLine(line, reason);
      }
      // The number of its values is not certain. A line that is cut off has at least one.
      reject(line, reason, Math.max(1, values(line)));
      return;
    }
    int key = keys.numberOf(line);
    if (key < 0) {
      reject(line, keys.reject());
      return;
    }
    long micros = layout.timeColumn() < 0 ? TimeColumn.NONE : time(line);
    if (layout.timeColumn() >= 0 && micros == TimeColumn.NONE) {
      reject(line, badTime(line));
      return;
    }
    int status = statuses.of(line, this::isMissing);
    if (status < 0) {
      reject(line, statuses.fault(line));
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      addValue(line, key, i, micros, (byte) status);
    }
  }

  private long time(Line line) {
    int field = layout.timeColumn();
    return line.has(field)
        ? time.parse(line.chars(), line.start(field), line.end(field))
        : TimeColumn.NONE;
  }

  private RejectReason badTime(Line line) {
    int field = layout.timeColumn();
    return !line.has(field) || isMissing(line, field)
        ? new RejectReason("MISSING_TIME", "the line has no time")
        : time.badTime(line.text(field));
  }

  private void addValue(Line line, int key, int number, long lineMicros, byte status) {
    ValueColumn column = columns[number];
    int field = column.column();
    if (field >= 0 && (!line.has(field) || isMissing(line, field))) {
      return;
    }
    if (column.dimensions() == null) {
      tally.rejected(1);
      return;
    }
    long micros = column.micros() == null ? lineMicros : column.micros();
    double value =
        constantValue != null
            ? constantValue
            : Numbers.parse(line.chars(), line.start(field), line.end(field), decimalSign);
    if (Double.isNaN(value)) {
      RejectReason reason = Numbers.reject(line.text(field), decimalSign);
      rejects.add(
          new Reject(
              line.number(),
              layout.header().get(field),
              reason.code(),
              reason.reason(),
              line.text(field)));
      tally.rejected(1);
      spare(key(key, column.dimensions()), micros);
      return;
    }
    long position = line.number() << COLUMN_BITS | Math.max(0, field);
    rows.add(series(key, groups[number]), micros, value, position, status);
  }

  private static char[][] chars(List<String> texts) {
    return texts.stream().map(String::toCharArray).toArray(char[][]::new);
  }

  private boolean isMissing(Line line, int field) {
    return isOneOf(missingValues, line, field);
  }

  private static boolean isOneOf(char[][] texts, Line line, int field) {
    int length = line.end(field) - line.start(field);
    for (char[] text : texts) {
      if (text.length == length
          && java.util.Arrays.equals(
              text, 0, length, line.chars(), line.start(field), line.end(field))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The number of a series, in the order in which series occur. Only a few of all combinations of
   * lines and headers may exist.
   */
  private int series(int key, int group) {
    return headers.size() == 1 ? key : series.of(key, group);
  }

  /** The key of the series that has this number in the rows. */
  String key(int number) {
    int key = headers.size() == 1 ? number : series.first(number);
    int group = headers.size() == 1 ? 0 : series.second(number);
    return key(key, headers.get(group));
  }

  private String key(int key, @Nullable List<@Nullable String> header) {
    List<@Nullable String> fromHeader = Objects.requireNonNull(header);
    Iterator<String> fromLine = keys.codes(key).iterator();
    List<String> dimensions = new ArrayList<>();
    for (int i = 0; i < layout.axes().size(); i++) {
      Axis axis = layout.axes().get(i);
      String constant = axis.constant();
      dimensions.add(
          axis.column() >= 0
              ? fromLine.next()
              : constant != null ? constant : Objects.requireNonNull(fromHeader.get(i)));
    }
    return String.join(".", dimensions);
  }

  private long values(Line line) {
    long values = 0;
    for (ValueColumn column : columns) {
      int field = column.column();
      if (field < 0 || line.has(field) && !isMissing(line, field)) {
        values++;
      }
    }
    return values;
  }

  private void reject(Line line, RejectReason reason) {
    reject(line, reason, values(line));
  }

  private void reject(Line line, RejectReason reason, long values) {
    tally.rejected(values);
    rejects.add(new Reject(line.number(), null, reason.code(), reason.reason(), line.raw()));
    if (spared != null) {
      spare(line);
    }
  }

  /**
   * Spares the keys of a rejected line: its series, if they can be read, and the time, if the line
   * has one.
   */
  private void spare(Line line) {
    int key = keys.numberOf(line);
    if (key < 0) {
      return;
    }
    long lineMicros = layout.timeColumn() < 0 ? TimeColumn.NONE : time(line);
    for (ValueColumn column : columns) {
      if (column.dimensions() != null) {
        spare(
            key(key, column.dimensions()), column.micros() == null ? lineMicros : column.micros());
      }
    }
  }

  private void spare(String key, long micros) {
    if (spared != null) {
      spared.add(
          key, micros == TimeColumn.NONE ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
  }
}
