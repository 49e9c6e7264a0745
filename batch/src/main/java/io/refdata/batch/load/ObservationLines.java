package io.refdata.batch.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.refdata.batch.load.ObservationLayout.Axis;
import io.refdata.batch.load.ObservationLayout.ValueColumn;
import io.refdata.layout.LayoutDefinition;
import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.Rejects;
import io.refdata.persistence.load.Rejects.Reject;
import io.refdata.persistence.load.StagingTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Observations, one or many a line. A fault of the line refuses all its values. */
final class ObservationLines implements Lines {
  private static final String DEFAULT_STATUS = "A";

  private final ObservationLayout layout;
  private final List<String> header;
  private final Set<String> missing;
  private final char decimalSign;
  private final SeriesIds series;
  private final BinaryCopy copy;
  private final Rejects.Writer rejects;
  private final Tally tally = new Tally();
  private final List<@Nullable String> dimensions = new ArrayList<>();

  ObservationLines(
      ObservationLayout layout,
      LayoutDefinition definition,
      List<String> header,
      SeriesIds series,
      BinaryCopy copy,
      Rejects.Writer rejects) {
    this.layout = layout;
    this.header = header;
    this.missing = new HashSet<>(definition.missingValues());
    this.decimalSign = definition.decimalSign();
    this.series = series;
    this.copy = copy;
    this.rejects = rejects;
    layout.refusedColumns().forEach(rejects::add);
  }

  @Override
  public void stage(CsvRecord line) throws SQLException {
    if (line.getFieldCount() != header.size()) {
      refuse(line, Refusals.fieldCount(line.getFieldCount(), header.size()));
      return;
    }
    Refused refused = readDimensions(line);
    if (refused != null) {
      refuse(line, refused);
      return;
    }
    Long micros = null;
    if (layout.timeColumn() >= 0) {
      String text = line.getField(layout.timeColumn());
      Optional<Long> start = layout.time().parse(text);
      if (start.isEmpty()) {
        refuse(line, layout.time().refused(text));
        return;
      }
      micros = start.get();
    }
    String status =
        layout.statusColumn() < 0 ? DEFAULT_STATUS : line.getField(layout.statusColumn());
    if (status.isEmpty()) {
      status = DEFAULT_STATUS;
    } else if (status.length() != 1 || status.charAt(0) > 'z' || status.charAt(0) < '0') {
      refuse(line, new Refused("BAD_STATUS", "'" + status + "' is no code of CL_OBS_STATUS"));
      return;
    }
    for (ValueColumn column : layout.values()) {
      stage(line, column, micros, status.charAt(0));
    }
  }

  private @Nullable Refused readDimensions(CsvRecord line) {
    dimensions.clear();
    for (Axis axis : layout.axes()) {
      if (axis.column() < 0) {
        dimensions.add(axis.constant());
        continue;
      }
      String text = line.getField(axis.column());
      Resolved resolved =
          missing.contains(text) ? axis.codes().missing() : axis.codes().resolve(text);
      if (resolved.refused() != null) {
        return resolved.refused();
      }
      dimensions.add(resolved.code());
    }
    return null;
  }

  private void stage(CsvRecord line, ValueColumn column, @Nullable Long micros, char status)
      throws SQLException {
    String text = line.getField(column.column());
    if (missing.contains(text)) {
      return;
    }
    if (column.dimensions() == null) {
      tally.rejected(1);
      return;
    }
    double value = Numbers.parse(text, decimalSign);
    if (Double.isNaN(value)) {
      Refused refused = Refusals.notANumber(text);
      rejects.add(
          new Reject(
              line.getStartingLineNumber(),
              header.get(column.column()),
              refused.code(),
              refused.reason(),
              text));
      tally.rejected(1);
      return;
    }
    Long time = column.micros() == null ? micros : column.micros();
    copy.row(6)
        .instant(java.util.Objects.requireNonNull(time))
        .float8(value)
        .int8(line.getStartingLineNumber())
        .int4(series.of(key(column.dimensions())))
        .int2(column.column())
        .letter(status);
    tally.staged();
  }

  private List<String> key(List<@Nullable String> fromHeader) {
    List<String> key = new ArrayList<>(dimensions.size());
    for (int i = 0; i < dimensions.size(); i++) {
      String code = dimensions.get(i) == null ? fromHeader.get(i) : dimensions.get(i);
      key.add(java.util.Objects.requireNonNull(code));
    }
    return key;
  }

  private void refuse(CsvRecord line, Refused refused) {
    long values = 0;
    for (ValueColumn column : layout.values()) {
      if (column.column() < line.getFieldCount()
          && !missing.contains(line.getField(column.column()))) {
        values++;
      }
    }
    tally.rejected(values);
    rejects.add(
        new Reject(
            line.getStartingLineNumber(),
            null,
            refused.code(),
            refused.reason(),
            Refusals.raw(line)));
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public void end(Handle handle, StagingTables staging) throws SQLException {
    copy.end();
    rejects.close();
    series.stage(handle, staging);
    for (KnownItems items : layout.known()) {
      items.stage(handle, staging);
    }
    try (BinaryCopy columns =
        new BinaryCopy(handle.getConnection(), staging.columns() + " (col, header)")) {
      for (int column = 0; column < header.size(); column++) {
        columns.row(2).int2(column).text(header.get(column));
      }
      columns.end();
    }
  }

  @Override
  public void close() throws SQLException {
    copy.close();
  }
}
