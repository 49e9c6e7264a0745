package io.refdata.batch.load.observation;

import io.refdata.batch.file.Line;
import io.refdata.batch.file.ShapedLines;
import io.refdata.batch.load.cell.NumberColumn;
import io.refdata.batch.load.intake.Outcome;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.batch.load.intake.Tally;
import io.refdata.batch.load.observation.ObservationLayout.Axis;
import io.refdata.batch.load.observation.ObservationLayout.ValueColumn;
import io.refdata.batch.load.observation.ObservationLayout.ValueColumn.Use;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagedPlace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses the observations of lines; a line has one or more. A fault of the line rejects all its
 * values. Each thread needs its own parser.
 */
final class ObservationParser {
  private static final long NOT_READ = TimeColumn.NONE + 1;

  private final ObservationLayout layout;
  private final ValueColumn[] columns;
  private final int[] groups;
  private final List<List<@Nullable String>> headers;
  private final NumberedPairs series = new NumberedPairs();
  private final char[][] missingValues;
  private final NumberColumn number;
  private final TimeColumn time;
  private final Statuses statuses;
  private final @Nullable Double constantValue;
  private final LineKeys keys;
  private final RetiredTimes retired;
  private final Tally tally;
  private final Consumer<Reject> rejects;
  private final @Nullable SparedKeys spared;
  private final ObservationRows rows = new ObservationRows();
  private long lineTime;

  ObservationParser(ObservationLayout layout, Outcome outcome) {
    this.layout = layout;
    this.columns = layout.values().toArray(new ValueColumn[0]);
    this.headers =
        layout.values().stream()
            .map(ValueColumn::dimensions)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    this.groups = groups(layout.values(), headers);
    this.missingValues = ShapedLines.chars(layout.missing());
    char[][] missingCodes = ShapedLines.chars(layout.missingCodes());
    this.number = layout.number();
    this.time = layout.time();
    this.statuses = layout.statuses();
    this.constantValue = layout.constantValue();
    this.keys = new LineKeys(layout.axes(), (line, field) -> line.isOneOf(field, missingCodes));
    this.retired = new RetiredTimes(layout.keptFrom());
    this.tally = outcome.tally();
    this.rejects = outcome.rejects();
    this.spared = outcome.spared();
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
    lineTime = NOT_READ;
    RejectReason reason = RejectReasons.line(line);
    if (reason != null) {
      // The number of its values is not certain. A line that is cut off has at least one.
      reject(line, reason, Math.max(1, values(line)));
      return;
    }
    if (line.ignored()) {
      tally.ignored(values(line));
      return;
    }
    int key = keys.numberOf(line);
    if (key < 0) {
      refuse(line, keys.reject());
      return;
    }
    long micros = time(line);
    if (layout.timeColumn() >= 0 && micros == TimeColumn.NONE) {
      reject(line, badTime(line));
      return;
    } else if (retired.has(micros)) {
      reject(line, retired.reason(line.text(layout.timeColumn())));
      return;
    }
    if (line.lacksAbove()) {
      reject(line, RejectReasons.lacksAbove());
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

  /** Leaves a line out if it names what does not exist and the layout says so; else rejects it. */
  private void refuse(Line line, RejectReason reason) {
    if (layout.ignoresUnknown() && reason.isUnknown()) {
      tally.ignored(values(line));
    } else {
      reject(line, reason);
    }
  }

  /**
   * The time of a line, read once; {@link TimeColumn#NONE} if it has none, or one that comes twice
   * and cannot be told.
   */
  private long time(Line line) {
    if (lineTime == NOT_READ) {
      lineTime = readTime(line);
    }
    return lineTime;
  }

  private long readTime(Line line) {
    int field = layout.timeColumn();
    if (field < 0 || !line.has(field)) {
      return TimeColumn.NONE;
    }
    long start = time.parse(line.chars(), line.start(field), line.end(field));
    long later = time.later();
    return later == TimeColumn.NONE ? start : layout.hours().of(line.number(), start, later);
  }

  private RejectReason badTime(Line line) {
    int field = layout.timeColumn();
    return !line.has(field) || isMissing(line, field)
        ? new RejectReason("MISSING_TIME", "the line has no time")
        : comesTwice(line, field)
            ? time.ambiguous(line.text(field))
            : time.badTime(line.text(field));
  }

  private boolean comesTwice(Line line, int field) {
    long start = time.parse(line.chars(), line.start(field), line.end(field));
    return start != TimeColumn.NONE && time.later() != TimeColumn.NONE;
  }

  private void addValue(Line line, int key, int index, long lineMicros, byte lineStatus) {
    ValueColumn column = columns[index];
    int field = column.column();
    if (field >= 0 && (!line.has(field) || number.isMissing(line, field))) {
      return;
    }
    if (column.use() == Use.IGNORED) {
      tally.ignored(1);
      return;
    } else if (column.use() == Use.REJECTED) {
      tally.rejected(1);
      if (column.dimensions() != null) {
        spare(key(key, column.dimensions()), TimeColumn.NONE);
      }
      return;
    }
    long micros = column.micros() == null ? lineMicros : column.micros();
    double value = constantValue != null ? constantValue : number.parse(line, field);
    int status = status(line, column, lineStatus);
    if (Double.isNaN(value)) {
      reject(line, field, number.reject(line.text(field), line), key, column, micros);
    } else if (status < 0) {
      reject(line, column.status(), statuses.fault(line, column.status()), key, column, micros);
    } else if (retired.has(micros)) {
      reject(line, field, retired.reason("the time of the value"), key, column, micros);
    } else {
      boolean rounded = constantValue == null && number.isRounded();
      tally.rounded(rounded ? 1 : 0);
      rows.add(
          series(key, groups[index]),
          micros,
          value,
          StagedPlace.of(line.number(), Math.max(0, field), rounded),
          (byte) status);
    }
  }

  /** The status of a value: of its own column or flag, or else of its line; -1 if it is none. */
  private int status(Line line, ValueColumn column, byte lineStatus) {
    if (column.status() >= 0) {
      return statuses.of(line, column.status(), this::isMissing);
    }
    byte flag = column.column() < 0 ? 0 : number.status(line, column.column());
    return flag == 0 ? lineStatus : flag;
  }

  /** Rejects one value of a line. */
  private void reject(
      Line line, int field, RejectReason reason, int key, ValueColumn column, long micros) {
    rejects.accept(
        new Reject(
            line.number(), layout.name(field), reason.code(), reason.reason(), line.text(field)));
    tally.rejected(1);
    spare(key(key, column.dimensions()), micros);
  }

  private boolean isMissing(Line line, int field) {
    return line.isOneOf(field, missingValues);
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
      if (field < 0 || line.has(field) && !number.isMissing(line, field)) {
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
    rejects.accept(new Reject(line.number(), null, reason.code(), reason.reason(), line.raw()));
    if (spared != null) {
      RejectReasons.requireKnown(line, reason);
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
    long lineMicros = time(line);
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
