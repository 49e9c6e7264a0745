package io.refdata.batch.load.observation;

import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.observation.ObservationLayout.Axis;
import io.refdata.batch.load.observation.ObservationLayout.ValueColumn;
import io.refdata.batch.load.observation.ObservationLayout.ValueColumn.Use;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.layout.HeaderExpression;
import io.refdata.persistence.load.staging.Rejects.Reject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the columns of a wide file that hold values, and reads what their headers say. */
final class WideColumns {
  private final LayoutDefinition layout;
  private final List<Axis> axes;
  private final Source timeSource;
  private final TimeColumn time;
  private final @Nullable Long constantTime;
  private final Map<String, HeaderExpression> expressions = new HashMap<>();
  private final Map<String, Integer> statusColumns = new HashMap<>();
  private final List<ValueColumn> values = new ArrayList<>();
  private long headerLine;
  private final List<Reject> rejected = new ArrayList<>();

  /**
   * @param constantTime the time of all lines, in microseconds; null if they or headers have it
   */
  WideColumns(
      LayoutDefinition layout,
      List<Axis> axes,
      Source timeSource,
      TimeColumn time,
      @Nullable Long constantTime) {
    this.layout = layout;
    this.axes = axes;
    this.timeSource = timeSource;
    this.time = time;
    this.constantTime = constantTime;
  }

  /**
   * Reads the headers.
   *
   * @param used the numbers of the columns that other sources read
   * @throws InvalidLoad if no column holds values, or if the layout includes one that is not there
   */
  void read(SourceFile file, Set<Integer> used) {
    List<String> headers = file.header();
    headerLine = Math.max(1, file.headerLine());
    requireIncluded(headers);
    if (layout.status() != null && layout.status().fromHeader()) {
      findStatuses(layout.status(), headers, used);
    }
    for (int column = 0; column < headers.size(); column++) {
      String header = headers.get(column);
      if (!used.contains(column) && included(header)) {
        file.requireOne(header);
        add(column, header);
      }
    }
    if (values.isEmpty()) {
      throw new InvalidLoad("According to the layout, no column of the file holds values.");
    }
  }

  List<ValueColumn> values() {
    return values;
  }

  /** The rejects of whole columns. */
  List<Reject> rejected() {
    return rejected;
  }

  /** A publisher may have renamed a column: REPLACE would delete the values that it had. */
  private void requireIncluded(List<String> headers) {
    List<String> missing =
        layout.values() == null || layout.values().include() == null
            ? new ArrayList<>()
            : new ArrayList<>(layout.values().include());
    missing.removeAll(headers);
    if (!missing.isEmpty()) {
      throw new InvalidLoad(
          "The file has no column '%s', which the layout includes.".formatted(missing.get(0)));
    }
  }

  /** Finds the columns of statuses, by what the group of the expression has in their headers. */
  private void findStatuses(Source source, List<String> headers, Set<Integer> used) {
    for (int column = 0; column < headers.size(); column++) {
      if (!used.contains(column)) {
        int status = column;
        part(source, headers.get(column)).ifPresent(part -> statusColumns.put(part, status));
      }
    }
    used.addAll(statusColumns.values());
    if (statusColumns.isEmpty()) {
      throw new InvalidLoad(
          "The file has no column of statuses whose header has the form '%s'."
              .formatted(source.header()));
    }
  }

  private boolean included(String header) {
    LayoutDefinition.Values selection = layout.values();
    if (selection != null && selection.include() != null) {
      return selection.include().contains(header);
    }
    return selection == null
        || selection.exclude() == null
        || !selection.exclude().contains(header);
  }

  private void add(int column, String header) {
    List<@Nullable String> dimensions = new ArrayList<>();
    Long micros = constantTime;
    int status = -1;
    for (Axis axis : axes) {
      if (axis.source().fromHeader()) {
        Optional<String> part = part(axis.source(), header);
        if (part.isEmpty()) {
          requireNotIncluded(header);
          return;
        }
        status = Math.max(status, statusColumns.getOrDefault(part.get(), -1));
        Resolved resolved = axis.codes().resolve(part.get());
        if (resolved.reject() != null && layout.ignoreUnknown() && resolved.reject().isUnknown()) {
          values.add(new ValueColumn(column, null, null, -1, Use.IGNORED));
          return;
        } else if (resolved.reject() != null) {
          reject(column, header, null, resolved.reject());
          return;
        }
        dimensions.add(resolved.code());
      } else {
        dimensions.add(null);
      }
    }
    if (timeSource.fromHeader()) {
      Optional<String> part = part(timeSource, header);
      if (part.isEmpty()) {
        requireNotIncluded(header);
        return;
      }
      status = Math.max(status, statusColumns.getOrDefault(part.get(), -1));
      long start = time.parse(part.get());
      if (start == TimeColumn.NONE) {
        reject(column, header, dimensions, time.badTime(part.get()));
        return;
      }
      micros = start;
    }
    values.add(new ValueColumn(column, dimensions, micros, status, Use.READ));
  }

  /** A column that the layout includes must be read. */
  private void requireNotIncluded(String header) {
    if (layout.values() != null && layout.values().include() != null) {
      throw new InvalidLoad(
          "The layout includes the column '%s', and its expression finds nothing in that header."
              .formatted(header));
    }
  }

  /** The text of a source in a header; empty if the expression does not match the header. */
  private Optional<String> part(Source source, String header) {
    if (!(source.header() instanceof String expression)) {
      return Optional.of(header);
    }
    try {
      // A stored layout may be older than the rules for expressions and break them.
      return expressions.computeIfAbsent(expression, HeaderExpression::of).part(header);
    } catch (IllegalArgumentException e) {
      throw new InvalidLoad("The layout's expression '" + expression + "' " + e.getMessage() + ".");
    }
  }

  /**
   * Rejects a column once, by its header. All its values count as rejected.
   *
   * @param dimensions those whose series are spared; null if the header does not tell them
   */
  private void reject(
      int column, String header, @Nullable List<@Nullable String> dimensions, RejectReason reason) {
    values.add(new ValueColumn(column, dimensions, null, -1, Use.REJECTED));
    rejected.add(new Reject(headerLine, header, reason.code(), reason.reason(), header));
  }
}
