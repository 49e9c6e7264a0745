package io.refdata.batch.load.item;

import io.refdata.batch.file.Line;
import io.refdata.batch.load.cell.CodeIndex;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.intake.Outcome;
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
import io.refdata.domain.unit.Quantity;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagingTables;
import jakarta.validation.Validator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads items, one from each line. A fault in a cell rejects its line. */
final class ItemLines {
  private static final Property UCUM = Catalogue.UNITS.property("ucum").orElseThrow();
  private static final Property DIMENSION = Catalogue.UNITS.property("dimension").orElseThrow();
  private static final RejectReason CONTRADICTION =
      new RejectReason("BAD_DIMENSION", "the dimension is not what the ucum measures");

  private final ItemType<?> type;
  private final SourceFile file;
  private final boolean ignoreUnknown;
  private final ItemRows rows;
  private final Consumer<Reject> rejects;
  private final List<ItemCell> cells = new ArrayList<>();
  private final Map<List<ItemSet>, CodeIndex> indexes = new HashMap<>();
  private final Tally tally;
  private final @Nullable SparedKeys spared;

  ItemLines(
      Jdbi jdbi,
      Validator validator,
      ItemLayout layout,
      SourceFile file,
      ItemRows rows,
      Outcome outcome) {
    this.type = layout.set().type();
    this.file = file;
    this.ignoreUnknown = layout.definition().ignoreUnknown();
    this.rows = rows;
    this.tally = outcome.tally();
    this.rejects = outcome.rejects();
    this.spared = outcome.spared();
    readIndexes(jdbi, layout);
    for (ItemLayout.Part part : layout.parts()) {
      Source source = part.source();
      int column = file.column(source, layout.definition().missingCodes());
      String scale = source.number().scaleColumn();
      CodeIndex index = indexes.get(targets(part.property()));
      CodeResolver codes =
          index == null
              ? null
              : new CodeResolver(part.property().name(), source, index, source.create());
      cells.add(
          new ItemCell(
              layout, part, column, scale == null ? -1 : file.column(scale), codes, validator));
    }
    // Cells that may create items come last, so that a rejected line creates nothing.
    cells.sort(java.util.Comparator.comparing(ItemCell::creates));
  }

  /**
   * Reads the codes of the collections that properties refer to, each collection once, and what
   * else sources find items by.
   */
  private void readIndexes(Jdbi jdbi, ItemLayout layout) {
    Map<List<ItemSet>, CodeIndex.Needs> needs = new HashMap<>();
    for (ItemLayout.Part part : layout.parts()) {
      List<ItemSet> targets = targets(part.property());
      if (!targets.isEmpty()) {
        needs.computeIfAbsent(targets, absent -> new CodeIndex.Needs()).add(part.source());
      }
    }
    needs.forEach((targets, needed) -> indexes.put(targets, CodeIndex.of(jdbi, targets, needed)));
  }

  /**
   * The collection or the code lists of a property's codes, unless it is the collection of the
   * items themselves; else none.
   */
  private List<ItemSet> targets(Property property) {
    return property.isReference() && !ItemStagingTable.isWithin(type, property)
        ? List.of(new ItemSet(Catalogue.of(property.target()), null))
        : property.lists().stream().map(ItemSet::ofList).toList();
  }

  void handle(Line line) {
    tally.line();
    RejectReason lineReject = RejectReasons.line(line);
    if (lineReject != null) {
      reject(line, null, lineReject);
      return;
    }
    if (line.ignored()) {
      ignore(line);
      return;
    }
    if (line.lacksAbove()) {
      reject(line, null, RejectReasons.lacksAbove());
      return;
    }
    Map<Property, Value> values = new HashMap<>();
    Map<String, String> identifiers = new TreeMap<>();
    int rounded = 0;
    for (ItemCell cell : cells) {
      Value value = cell.read(line);
      if (value.reject() != null && ignoreUnknown && value.reject().isUnknown()) {
        ignore(line);
        return;
      } else if (value.reject() != null) {
        reject(line, cell.column() < 0 ? null : file.name(cell.column()), value.reject());
        return;
      }
      rounded += cell.isRounded() ? 1 : 0;
      if (cell.scheme() == null) {
        values.put(cell.property(), value);
      } else if (value.value() != null) {
        identifiers.put(cell.scheme(), value.value().toString());
        values.put(cell.property(), new Value(Identifiers.of(identifiers), null, null));
      }
    }
    if (contradictory(values)) {
      reject(line, null, CONTRADICTION);
      return;
    }
    rows.add(line.number(), values);
    tally.staged(1);
    tally.rounded(rounded);
  }

  /** True if a unit has a dimension that its expression does not measure. */
  private boolean contradictory(Map<Property, Value> values) {
    if (type != Catalogue.UNITS) {
      return false;
    }
    Value dimension = values.get(DIMENSION);
    Value ucum = values.get(UCUM);
    return dimension != null
        && ucum != null
        && dimension.value() instanceof String name
        && ucum.value() instanceof String expression
        && Quantity.contradicts(name, expression);
  }

  /** Leaves a line out; what it names stays as it is. */
  private void ignore(Line line) {
    tally.ignored(1);
    if (spared != null) {
      spare(line, spared);
    }
  }

  private void reject(Line line, @Nullable String column, RejectReason reason) {
    tally.rejected(1);
    rejects.accept(new Reject(line.number(), column, reason.code(), reason.reason(), line.raw()));
    if (spared != null) {
      RejectReasons.requireKnown(line, reason);
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
        headers.put(cell.property(), file.name(cell.column()));
      }
    }
    return headers;
  }

  /** Writes the new items to staging, which the merge needs too. */
  void stageCreated(Handle handle, StagingTables staging) throws SQLException {
    for (CodeIndex items : indexes.values()) {
      items.stage(handle, staging);
    }
  }
}
