package io.refdata.batch.load.observation;

import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.cell.TimeColumn;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.layout.HeaderExpression;
import io.refdata.persistence.load.staging.Rejects.Reject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A layout laid over the header of one file: which column of it means what. */
public final class ObservationLayout {
  private static final int HEADER_LINE = 1;

  private final LayoutDefinition layout;
  private final SourceFile file;
  private final Set<Integer> used = new HashSet<>();
  private final List<CodeIndex> known = new ArrayList<>();
  private final List<Axis> axes = new ArrayList<>();
  private final List<ValueColumn> values = new ArrayList<>();
  private final List<Reject> refusedColumns = new ArrayList<>();
  private final Map<String, HeaderExpression> expressions = new HashMap<>();
  private final Frequency frequency;
  private final Source timeSource;
  private final TimeColumn time;
  private final int timeColumn;
  private final int statusColumn;

  /**
   * A dimension and where it is read from.
   *
   * @param column the number of its column; -1 if it is a constant or comes from headers
   * @param constant its code if it is the same for every line
   */
  record Axis(
      String name, Source source, CodeResolver codes, int column, @Nullable String constant) {}

  /**
   * A column of values.
   *
   * @param dimensions the dimensions that its header gives, null at those of the lines; a column
   *     that is refused as a whole has none
   * @param micros the time that its header gives, null if the lines give it
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
    boolean createUnknown = dataset.unknownCodes().equals("CREATE");
    for (Dimension dimension : dataset.dimensions()) {
      axes.add(axis(jdbi, dimension, createUnknown));
    }
    this.statusColumn = findStatusColumn();
    addValueColumns();
  }

  /** The columns that a layout reads of a dataset's files; none if headers say what they hold. */
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
    known.add(items);
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
    if (resolved.refused() != null) {
      throw new InvalidLoad("The layout's constant: " + resolved.refused().reason() + ".");
    }
    return resolved.code();
  }

  private int findStatusColumn() {
    if (layout.status() != null) {
      return column(layout.status());
    }
    int column = layout.time() == null ? file.header().indexOf("status") : -1;
    if (column >= 0) {
      used.add(column);
    }
    return column;
  }

  private void addValueColumns() {
    boolean wide =
        timeSource.fromHeader() || axes.stream().anyMatch(axis -> axis.source().fromHeader());
    if (!wide) {
      Source value = layout.value() == null ? Source.column("value") : layout.value();
      values.add(new ValueColumn(column(value), new ArrayList<>(), null));
      return;
    }
    for (int column = 0; column < file.header().size(); column++) {
      String header = file.header().get(column);
      if (!used.contains(column) && included(header)) {
        addWide(column, header);
      }
    }
    if (values.isEmpty()) {
      throw new InvalidLoad("No column of the file holds values, as the layout has it.");
    }
  }

  private boolean included(String header) {
    LayoutDefinition.Values which = layout.values();
    if (which != null && which.include() != null) {
      return which.include().contains(header);
    }
    return which == null || which.exclude() == null || !which.exclude().contains(header);
  }

  private void addWide(int column, String header) {
    List<@Nullable String> dimensions = new ArrayList<>();
    Long micros = null;
    for (Axis axis : axes) {
      if (axis.source().fromHeader()) {
        Optional<String> part = part(axis.source(), header);
        if (part.isEmpty()) {
          return;
        }
        Resolved resolved = axis.codes().resolve(part.get());
        if (resolved.refused() != null) {
          refuse(column, header, resolved.refused());
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
        return;
      }
      long start = time.parse(part.get());
      if (start == TimeColumn.NONE) {
        refuse(column, header, time.refused(part.get()));
        return;
      }
      micros = start;
    }
    values.add(new ValueColumn(column, dimensions, micros));
  }

  /** What a header says; empty if it is none of those that the expression is for. */
  private Optional<String> part(Source source, String header) {
    return source.header() instanceof String expression
        ? expressions.computeIfAbsent(expression, ObservationLayout::expression).part(header)
        : Optional.of(header);
  }

  /** A layout may have been written when other expressions were taken than now. */
  private static HeaderExpression expression(String text) {
    try {
      return HeaderExpression.of(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidLoad("The layout's expression '" + text + "' " + e.getMessage() + ".");
    }
  }

  /** A column is refused once, by its header; its values count as refused. */
  private void refuse(int column, String header, RejectReason refused) {
    values.add(new ValueColumn(column, null, null));
    refusedColumns.add(new Reject(HEADER_LINE, header, refused.code(), refused.reason(), header));
  }

  List<Axis> axes() {
    return axes;
  }

  List<ValueColumn> values() {
    return values;
  }

  List<Reject> refusedColumns() {
    return refusedColumns;
  }

  /** What an empty cell may look like. */
  List<String> missing() {
    return layout.missingValues();
  }

  char decimalSign() {
    return layout.decimalSign();
  }

  /** The names of the columns. */
  List<String> header() {
    return file.header();
  }

  /**
   * Whether codes are made from names: what they become depends on which names came before, so the
   * lines have to be taken one after the other.
   */
  boolean createsByName() {
    return axes.stream()
        .anyMatch(axis -> axis.column() >= 0 && axis.source().byName() && axis.codes().creates());
  }

  /** The items its dimensions draw their values from. */
  List<CodeIndex> known() {
    return known;
  }

  /** What reads the time; one for each thread. */
  TimeColumn time() {
    return new TimeColumn(frequency, timeSource);
  }

  /** The number of the column that holds the time; -1 if headers do. */
  int timeColumn() {
    return timeColumn;
  }

  /** The number of the column that holds the status; -1 if none does. */
  int statusColumn() {
    return statusColumn;
  }
}
