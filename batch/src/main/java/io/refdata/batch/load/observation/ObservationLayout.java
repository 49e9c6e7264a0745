package io.refdata.batch.load.observation;

import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.Numbers;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.cell.TimeColumn;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.load.staging.Rejects.Reject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A layout applied to the header of one file: the meaning of each column. */
public final class ObservationLayout {
  private final LayoutDefinition layout;
  private final SourceFile file;
  private final Set<Integer> used = new HashSet<>();
  private final List<CodeIndex> codeIndexes = new ArrayList<>();
  private final List<Axis> axes = new ArrayList<>();
  private final List<ValueColumn> values = new ArrayList<>();
  private final List<Reject> rejectedColumns = new ArrayList<>();
  private final Frequency frequency;
  private final Source timeSource;
  private final TimeColumn time;
  private final int timeColumn;
  private final @Nullable Long constantTime;
  private final @Nullable Double constantValue;
  private final Statuses statuses;

  /**
   * A dimension and its source.
   *
   * @param column the number of its column; -1 if it is a constant or comes from headers
   * @param constant the code, if it is the same for all lines; otherwise null
   */
  record Axis(
      String name, Source source, CodeResolver codes, int column, @Nullable String constant) {}

  /**
   * A column of values.
   *
   * @param column its number; -1 if all lines have the constant value
   * @param dimensions the codes in the column's header, with null for each dimension that comes
   *     from the lines; null as a whole if the column is rejected
   * @param micros the time in its header or of all lines, in microseconds since
   *     1970-01-01T00:00:00Z; null if it comes from the lines
   */
  record ValueColumn(
      int column, @Nullable List<@Nullable String> dimensions, @Nullable Long micros) {}

  ObservationLayout(Jdbi jdbi, Dataset dataset, LayoutDefinition layout, SourceFile file) {
    this.layout = layout;
    this.file = file;
    this.timeSource = layout.time() == null ? Source.column("time") : layout.time();
    this.frequency = dataset.frequency();
    this.time = new TimeColumn(frequency, timeSource);
    this.timeColumn = column(timeSource);
    this.constantTime = constantTime(time, timeSource);
    this.constantValue = constantValue(layout);
    boolean createUnknown = dataset.unknownCodes() == UnknownCodes.CREATE;
    for (Dimension dimension : dataset.dimensions()) {
      axes.add(axis(jdbi, dimension, createUnknown));
    }
    this.statuses = findStatuses();
    addValueColumns();
  }

  /**
   * The columns that a layout reads from files of a dataset; empty if a source is in the headers,
   * because then all columns are needed.
   */
  public static Set<String> columns(Dataset dataset, LayoutDefinition layout) {
    List<Source> sources = new ArrayList<>();
    sources.add(layout.time() == null ? Source.column("time") : layout.time());
    sources.add(layout.value() == null ? Source.column("value") : layout.value());
    sources.add(layout.status() == null ? Source.column("status") : layout.status());
    for (Dimension dimension : dataset.dimensions()) {
      String name = dimension.code().value();
      sources.add(
          layout.dimensions() == null
              ? Source.column(name)
              : layout.dimensions().getOrDefault(name, Source.column(name)));
    }
    return sources.stream().anyMatch(Source::fromHeader) ? Set.of() : SourceFile.named(sources);
  }

  private Axis axis(Jdbi jdbi, Dimension dimension, boolean createUnknown) {
    String name = dimension.code().value();
    Source source =
        layout.dimensions() == null
            ? Source.column(name)
            : layout.dimensions().getOrDefault(name, Source.column(name));
    CodeIndex items =
        CodeIndex.of(
            jdbi,
            dimension.listed()
                ? ItemSet.ofList(dimension.list())
                : ItemSet.named(dimension.values()).orElseThrow(),
            source.byName());
    codeIndexes.add(items);
    CodeResolver codes = new CodeResolver(name, source, items, createUnknown || source.create());
    return new Axis(name, source, codes, column(source), constant(source, codes));
  }

  private int column(Source source) {
    if (source.column() == null) {
      return -1;
    }
    int column = file.column(source.column());
    used.add(column);
    return column;
  }

  private static @Nullable String constant(Source source, CodeResolver codes) {
    if (source.constant() == null) {
      return null;
    }
    Resolved resolved = codes.resolve(source.constant());
    if (resolved.reject() != null) {
      throw new InvalidLoad("The layout's constant: " + resolved.reject().reason() + ".");
    }
    return resolved.code();
  }

  private static @Nullable Long constantTime(TimeColumn time, Source source) {
    if (source.constant() == null) {
      return null;
    }
    long micros = time.parse(source.constant());
    if (micros == TimeColumn.NONE) {
      throw new InvalidLoad(
          "The layout's constant: " + time.badTime(source.constant()).reason() + ".");
    }
    return micros;
  }

  private static @Nullable Double constantValue(LayoutDefinition layout) {
    String constant = layout.value() == null ? null : layout.value().constant();
    if (constant == null) {
      return null;
    }
    double value = Numbers.parse(constant, layout.decimalSign());
    if (Double.isNaN(value)) {
      throw new InvalidLoad(
          "The layout's constant: "
              + Numbers.reject(constant, layout.decimalSign()).reason()
              + ".");
    }
    return value;
  }

  private Statuses findStatuses() {
    if (layout.status() != null) {
      return new Statuses(layout.status(), column(layout.status()));
    }
    int column = layout.time() == null ? file.header().indexOf("status") : -1;
    if (column >= 0) {
      used.add(column);
    }
    return new Statuses(Source.column("status"), column);
  }

  private void addValueColumns() {
    boolean wide =
        timeSource.fromHeader() || axes.stream().anyMatch(axis -> axis.source().fromHeader());
    if (!wide) {
      Source value = layout.value() == null ? Source.column("value") : layout.value();
      values.add(new ValueColumn(column(value), new ArrayList<>(), constantTime));
      return;
    }
    WideColumns columns = new WideColumns(layout, axes, timeSource, time, constantTime);
    columns.read(file.header(), used);
    values.addAll(columns.values());
    rejectedColumns.addAll(columns.rejected());
  }

  List<Axis> axes() {
    return axes;
  }

  List<ValueColumn> values() {
    return values;
  }

  List<Reject> rejectedColumns() {
    return rejectedColumns;
  }

  /** The texts among values, times and statuses that mean an empty cell. */
  List<String> missing() {
    return layout.missingValues();
  }

  /** The texts among codes that mean an empty cell. */
  List<String> missingCodes() {
    return layout.missingCodes();
  }

  char decimalSign() {
    return layout.decimalSign();
  }

  /** The names of the columns. */
  List<String> header() {
    return file.header();
  }

  /**
   * Whether codes of new items are derived from texts. What such a code is, or which of two texts
   * gets it, depends on the texts before it, so one thread must read the lines in order.
   */
  boolean derivesCodes() {
    return axes.stream()
        .anyMatch(
            axis ->
                axis.column() >= 0
                    && axis.codes().creates()
                    && (axis.source().byName() || axis.source().as() != null));
  }

  /** The codes that the dimensions use. */
  List<CodeIndex> codeIndexes() {
    return codeIndexes;
  }

  /** Creates a parser of times; each thread needs its own. */
  TimeColumn time() {
    return new TimeColumn(frequency, timeSource);
  }

  /** The number of the column with the time; -1 if headers or the layout have the time. */
  int timeColumn() {
    return timeColumn;
  }

  /** The value of all lines; null if columns have the values. */
  @Nullable Double constantValue() {
    return constantValue;
  }

  Statuses statuses() {
    return statuses;
  }
}
