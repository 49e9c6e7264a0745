package io.refdata.batch.load.observation;

import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.NumberColumn;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.time.DoubledHours;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.partition.Retention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A layout applied to the header of one file: the meaning of each column. */
public final class ObservationLayout {
  private final LayoutDefinition layout;
  private final SourceFile file;
  private final Set<Integer> used = new HashSet<>();
  private final Map<ItemSet, CodeIndex> codeIndexes;
  private final List<Axis> axes = new ArrayList<>();
  private final List<ValueColumn> values = new ArrayList<>();
  private final List<Reject> rejectedColumns = new ArrayList<>();
  private final Frequency frequency;
  private final Source timeSource;
  private final TimeColumn time;
  private final int timeColumn;
  private final @Nullable Long constantTime;
  private final Source valueSource;
  private final int scaleColumn;
  private final @Nullable Double constantValue;
  private final DoubledHours hours = new DoubledHours();
  private final Statuses statuses;
  private final @Nullable Instant keptFrom;

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
   *     from the lines; null as a whole if the header does not tell them
   * @param micros the time in its header or of all lines, in microseconds since
   *     1970-01-01T00:00:00Z; null if it comes from the lines
   * @param status the number of the column with its statuses; -1 if the line has them
   * @param use what becomes of its values
   */
  record ValueColumn(
      int column,
      @Nullable List<@Nullable String> dimensions,
      @Nullable Long micros,
      int status,
      Use use) {
    /** What becomes of the values of a column. */
    enum Use {
      READ,
      /** The layout leaves it out, because its header names nothing known. */
      IGNORED,
      /** Its header has a fault. */
      REJECTED
    }
  }

  ObservationLayout(Jdbi jdbi, Dataset dataset, LayoutDefinition layout, SourceFile file) {
    this.layout = layout;
    this.file = file;
    this.timeSource = layout.time() == null ? Source.column("time") : layout.time();
    this.frequency = dataset.frequency();
    this.time = new TimeColumn(frequency, timeSource);
    this.timeColumn = timeColumn(timeSource);
    this.constantTime = LayoutConstants.time(timeSource, time);
    this.valueSource = layout.value() == null ? Source.column("value") : layout.value();
    this.scaleColumn = scaleColumn();
    layout.ignored().keySet().forEach(column -> used.add(file.column(column)));
    this.constantValue = LayoutConstants.value(valueSource, number());
    this.codeIndexes = codeIndexes(jdbi, dataset);
    boolean createUnknown = dataset.unknownCodes() == UnknownCodes.CREATE;
    for (Dimension dimension : dataset.dimensions()) {
      axes.add(axis(dimension, createUnknown));
    }
    this.statuses = findStatuses();
    this.keptFrom = jdbi.withHandle(handle -> Retention.keptFrom(handle, dataset));
    addValueColumns();
    if (timeColumn >= 0 && time.mayComeTwice()) {
      HoursReader.read(file, axes, timeColumn, time(), hours);
    }
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

  /**
   * The items of each collection, once: what one dimension creates, another finds, and no two names
   * get one code.
   */
  private Map<ItemSet, CodeIndex> codeIndexes(Jdbi jdbi, Dataset dataset) {
    Map<ItemSet, CodeIndex.Needs> needs = new LinkedHashMap<>();
    for (Dimension dimension : dataset.dimensions()) {
      needs.computeIfAbsent(set(dimension), absent -> new CodeIndex.Needs()).add(source(dimension));
    }
    Map<ItemSet, CodeIndex> indexes = new LinkedHashMap<>();
    needs.forEach((set, needed) -> indexes.put(set, CodeIndex.of(jdbi, set, needed)));
    return indexes;
  }

  private Source source(Dimension dimension) {
    String name = dimension.code().value();
    return layout.dimensions() == null
        ? Source.column(name)
        : layout.dimensions().getOrDefault(name, Source.column(name));
  }

  private Axis axis(Dimension dimension, boolean createUnknown) {
    String name = dimension.code().value();
    Source source = source(dimension);
    CodeIndex items = Objects.requireNonNull(codeIndexes.get(set(dimension)));
    CodeResolver codes = new CodeResolver(name, source, items, createUnknown || source.create());
    int column = column(source, layout.missingCodes());
    return new Axis(name, source, codes, column, LayoutConstants.code(source, codes));
  }

  /** The items whose codes a dimension takes. */
  static ItemSet set(Dimension dimension) {
    return dimension.listed()
        ? ItemSet.ofList(dimension.list())
        : ItemSet.named(dimension.values()).orElseThrow();
  }

  /** The code that a dimension has in all lines by its source; null if that is no constant. */
  static @Nullable String constant(Jdbi jdbi, Dataset dataset, Dimension dimension, Source source) {
    boolean create = source.create() || dataset.unknownCodes() == UnknownCodes.CREATE;
    CodeIndex items = CodeIndex.of(jdbi, set(dimension), new CodeIndex.Needs().add(source));
    return LayoutConstants.code(
        source, new CodeResolver(dimension.code().value(), source, items, create));
  }

  /** The column of a source, which is not one of values then; -1 if it reads none. */
  private int column(Source source, List<String> missing) {
    source.columnNames().forEach(name -> used.add(file.column(name)));
    return file.column(source, missing);
  }

  /** The column of the times; with the column of their zones it is one. */
  private int timeColumn(Source source) {
    int column = column(source, layout.missingValues());
    String zones = source.time().zoneColumn();
    return zones == null
        ? column
        : file.join(
            List.of(column, file.column(zones)), TimeColumn.BEFORE_ZONE, layout.missingValues());
  }

  private int scaleColumn() {
    String name = valueSource.number().scaleColumn();
    if (name == null) {
      return -1;
    }
    used.add(file.column(name));
    return file.column(name);
  }

  private Statuses findStatuses() {
    Source source = layout.status();
    if (source != null) {
      return new Statuses(
          source, source.fromHeader() ? -1 : column(source, layout.missingValues()));
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
      int column = column(valueSource, layout.missingValues());
      values.add(
          new ValueColumn(column, new ArrayList<>(), constantTime, -1, ValueColumn.Use.READ));
      return;
    }
    WideColumns columns = new WideColumns(layout, axes, timeSource, time, constantTime);
    columns.read(file, used);
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

  /** Whether lines that name an item which does not exist are left out. */
  boolean ignoresUnknown() {
    return layout.ignoreUnknown();
  }

  /** Creates a parser of values; each thread needs its own. */
  NumberColumn number() {
    return new NumberColumn(layout, valueSource.number(), scaleColumn, layout.missingValues());
  }

  /** The name of a column. */
  String name(int column) {
    return file.name(column);
  }

  /**
   * Whether one thread must read the lines in order. What a code is that is made from a text, or
   * which of two texts gets it, depends on the texts before it.
   */
  boolean inOrder() {
    return file.inOrder()
        || axes.stream()
            .filter(axis -> axis.column() >= 0)
            .anyMatch(
                axis -> axis.source().asCode() || axis.codes().creates() && axis.source().byName());
  }

  /** Which of two instants local times are that come twice. */
  DoubledHours hours() {
    return hours;
  }

  /** The codes that the dimensions use. */
  Collection<CodeIndex> codeIndexes() {
    return codeIndexes.values();
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

  /** The instant from which on the dataset takes observations; null if it takes all. */
  @Nullable Instant keptFrom() {
    return keptFrom;
  }
}
