package io.refdata.batch.load.item;

import io.refdata.batch.file.Line;
import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.batch.load.item.ItemCell.Value;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import jakarta.validation.Validator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Stages items, one for each line. A fault in a cell rejects its line. */
final class ItemLines implements AutoCloseable {
  private final ItemType<?> type;
  private final ItemStagingTable staged;
  private final int columns;
  private final List<String> header;
  private final BinaryCopy copy;
  private final Rejects.Writer rejects;
  private final List<ItemCell> cells = new ArrayList<>();
  private final Map<ItemSet, CodeIndex> indexes = new HashMap<>();
  private final Tally tally;
  private final @Nullable SparedKeys spared;

  ItemLines(
      Jdbi jdbi,
      Validator validator,
      ItemLayout layout,
      SourceFile file,
      BinaryCopy copy,
      Intake intake) {
    this.type = layout.set().type();
    this.staged = layout.staged();
    this.columns = staged.columns().size();
    this.header = file.header();
    this.copy = copy;
    this.tally = intake.tally();
    this.rejects = intake.rejects();
    this.spared = intake.spared();
    readIndexes(jdbi, layout);
    for (ItemLayout.Part part : layout.parts()) {
      Source source = part.source();
      int column = source.column() == null ? -1 : file.column(source.column());
      CodeResolver codes =
          target(part.property())
              .map(
                  target ->
                      new CodeResolver(
                          part.property().name(),
                          source,
                          Objects.requireNonNull(indexes.get(target)),
                          source.create()))
              .orElse(null);
      cells.add(new ItemCell(layout, part, column, codes, validator));
    }
    // Cells that may create items come last, so that a rejected line creates nothing.
    cells.sort(java.util.Comparator.comparing(ItemCell::creates));
  }

  /**
   * Reads the codes of the collections that properties refer to, each collection once, and names
   * only if sources need them.
   */
  private void readIndexes(Jdbi jdbi, ItemLayout layout) {
    Map<ItemSet, Boolean> byName = new HashMap<>();
    for (ItemLayout.Part part : layout.parts()) {
      target(part.property())
          .ifPresent(target -> byName.merge(target, part.source().byName(), Boolean::logicalOr));
    }
    byName.forEach(
        (target, withNames) -> indexes.put(target, CodeIndex.of(jdbi, target, withNames)));
  }

  /**
   * The collection or code list of a property's codes, unless it is the collection of the items
   * themselves.
   */
  private Optional<ItemSet> target(Property property) {
    return property.isReference() && !ItemStagingTable.isWithin(type, property)
        ? Optional.of(new ItemSet(Catalogue.of(property.target()), null))
        : property.list().map(ItemSet::ofList);
  }

  void handle(Line line) {
    tally.line();
    RejectReason lineReject = RejectReasons.line(line, header.size());
    if (lineReject != null) {
      if (spared != null) {
        RejectReasons.requireOneLine(line, lineReject);
      }
      reject(line, null, lineReject);
      return;
    }
    Map<Property, Value> values = new HashMap<>();
    Map<String, String> identifiers = new TreeMap<>();
    for (ItemCell cell : cells) {
      Value value = cell.read(line);
      if (value.reject() != null) {
        reject(line, cell.column() < 0 ? null : header.get(cell.column()), value.reject());
        return;
      }
      if (cell.scheme() == null) {
        values.put(cell.property(), value);
      } else if (value.value() != null) {
        identifiers.put(cell.scheme(), value.value().toString());
        values.put(cell.property(), new Value(Identifiers.of(identifiers), null, null));
      }
    }
    stage(line, values);
  }

  private void stage(Line line, Map<Property, Value> values) {
    try {
      copy.row(columns).int8(line.number());
    } catch (SQLException e) {
      throw new IllegalStateException("COPY into staging failed", e);
    }
    for (Property property : staged.properties()) {
      Value value = values.get(property);
      write(value == null ? null : value.value());
      if (ItemStagingTable.isWithin(type, property)) {
        copy.text(value == null ? null : value.text());
      }
    }
    tally.staged(1);
  }

  private void write(@Nullable Object value) {
    if (value instanceof Double number) {
      copy.float8(number);
    } else if (value instanceof Integer number) {
      copy.int4(number);
    } else {
      copy.text(value == null ? null : value.toString());
    }
  }

  private void reject(Line line, @Nullable String column, RejectReason reason) {
    tally.rejected(1);
    rejects.add(new Reject(line.number(), column, reason.code(), reason.reason(), line.raw()));
    if (spared != null) {
      spare(line, spared);
    }
  }

  /** Spares the item of a rejected line, if its code can be read. */
  private void spare(Line line, SparedKeys into) {
    for (ItemCell cell : cells) {
      if (cell.property() == type.code() && cell.column() >= 0 && line.has(cell.column())) {
        Object code = cell.read(line).value();
        if (code != null) {
          into.add(code.toString(), null);
        }
      }
    }
  }

  /** The names of the columns from which properties are read. */
  Map<Property, String> headers() {
    Map<Property, String> headers = new HashMap<>();
    for (ItemCell cell : cells) {
      if (cell.column() >= 0) {
        headers.put(cell.property(), header.get(cell.column()));
      }
    }
    return headers;
  }

  /** Ends the rows, and writes the new items, which the merge needs too. */
  void end(Handle handle, StagingTables staging) throws SQLException {
    copy.end();
    for (CodeIndex items : indexes.values()) {
      items.stage(handle, staging);
    }
  }

  @Override
  public void close() throws SQLException {
    copy.close();
  }
}
