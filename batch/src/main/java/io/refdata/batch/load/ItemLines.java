package io.refdata.batch.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.refdata.catalogue.Catalogue;
import io.refdata.layout.LayoutDefinition;
import io.refdata.layout.Source;
import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.LoadRefused;
import io.refdata.persistence.load.Rejects;
import io.refdata.persistence.load.Rejects.Reject;
import io.refdata.persistence.load.StagingTables;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Items, one a line. A fault of a cell refuses its line. */
final class ItemLines implements Lines {
  private final ItemType<?> type;
  private final Validator validator;
  private final List<String> header;
  private final Set<String> missing;
  private final BinaryCopy copy;
  private final Rejects.Writer rejects;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, KnownItems> known = new HashMap<>();
  private final Tally tally = new Tally();

  /**
   * A property and where it is read from.
   *
   * @param column the number of its column; -1 if it is a constant
   * @param codes what it may be, if it is a reference or a code of a list
   */
  private record Cell(Property property, Source source, int column, @Nullable CodeColumn codes) {}

  /** The property of a line, or why the line is refused. */
  private record Value(@Nullable Object value, @Nullable Refused refused) {}

  ItemLines(
      Jdbi jdbi,
      Validator validator,
      ItemType<?> type,
      LayoutDefinition layout,
      CsvFile file,
      BinaryCopy copy,
      Rejects.Writer rejects) {
    this.type = type;
    this.validator = validator;
    this.header = file.header();
    this.missing = new HashSet<>(layout.missingValues());
    this.copy = copy;
    this.rejects = rejects;
    for (Property property : properties(type, layout)) {
      Source source = java.util.Objects.requireNonNull(sources(layout).get(property.name()));
      int column = source.column() == null ? -1 : file.column(source.column());
      cells.add(new Cell(property, source, column, codes(jdbi, property, source)));
    }
  }

  /** The properties that a layout has, the code first. */
  static List<Property> properties(ItemType<?> type, LayoutDefinition layout) {
    Map<String, Source> sources = sources(layout);
    for (Property property : type.properties()) {
      if (property.required() && !sources.containsKey(property.name())) {
        throw new LoadRefused(
            "The layout lacks '%s', without which there are no %s."
                .formatted(property.name(), type.collection()));
      }
    }
    return type.properties().stream()
        .filter(property -> sources.containsKey(property.name()))
        .toList();
  }

  private static Map<String, Source> sources(LayoutDefinition layout) {
    return layout.properties() == null ? Map.of() : layout.properties();
  }

  private @Nullable CodeColumn codes(Jdbi jdbi, Property property, Source source) {
    KnownItems items;
    if (property.kind() == Property.Kind.REFERENCE) {
      ItemType<?> target = Catalogue.of(property.target());
      items = known.computeIfAbsent(target.collection(), name -> KnownItems.of(jdbi, target));
    } else if (property.list().isPresent()) {
      var list = property.list().get();
      items = known.computeIfAbsent(list.value(), name -> KnownItems.ofList(jdbi, list));
    } else {
      return null;
    }
    return new CodeColumn(property.name(), source, items, source.create());
  }

  @Override
  public void stage(CsvRecord line) throws SQLException {
    if (line.getFieldCount() != header.size()) {
      refuse(line, null, Refusals.fieldCount(line.getFieldCount(), header.size()));
      return;
    }
    List<@Nullable Object> values = new ArrayList<>(cells.size());
    for (Cell cell : cells) {
      Value value = read(line, cell);
      if (value.refused() != null) {
        refuse(line, cell.column() < 0 ? null : header.get(cell.column()), value.refused());
        return;
      }
      values.add(value.value());
    }
    copy.row(1 + cells.size()).int8(line.getStartingLineNumber());
    for (int i = 0; i < cells.size(); i++) {
      write(cells.get(i).property(), values.get(i));
    }
    tally.staged();
  }

  private Value read(CsvRecord line, Cell cell) {
    Property property = cell.property();
    String constant = cell.source().constant();
    String text =
        constant != null ? constant : cell.column() < 0 ? "" : line.getField(cell.column());
    if (missing.contains(text)) {
      // A name that a file lacks is no fault: the item keeps the one it has, or is called by its
      // code.
      return property.required() && property != type.name()
          ? refused("MISSING_", property, "the line has no " + property.name())
          : new Value(null, null);
    }
    if (cell.codes() != null) {
      Resolved resolved = cell.codes().resolve(text);
      return new Value(resolved.code(), resolved.refused());
    }
    String mapped = cell.source().map() == null ? null : cell.source().map().get(text);
    if (mapped != null) {
      text = mapped;
    } else if ("CODE".equals(cell.source().as())) {
      text = CodeFromName.as(text);
    }
    Optional<Object> parsed = property.parse(text);
    if (parsed.isEmpty()) {
      return property.kind() == Property.Kind.NUMBER || property.kind() == Property.Kind.INTEGER
          ? new Value(null, Refusals.notANumber(text))
          : refused("BAD_", property, "'" + text + "' is not " + property.expectation());
    }
    return validated(property, parsed.get());
  }

  private Value validated(Property property, Object value) {
    Optional<? extends ConstraintViolation<?>> violation =
        validator.validateValue(type.entity(), property.field(), value).stream().findFirst();
    return violation.isPresent()
        ? refused("BAD_", property, "'" + value + "' " + violation.get().getMessage())
        : new Value(value, null);
  }

  private static Value refused(String prefix, Property property, String reason) {
    return new Value(null, new Refused(prefix + Refusals.subject(property.name()), reason));
  }

  private void write(Property property, @Nullable Object value) {
    switch (property.kind()) {
      case NUMBER -> copy.float8((Double) value);
      case INTEGER -> copy.int4((Integer) value);
      default -> copy.text(value == null ? null : value.toString());
    }
  }

  private void refuse(CsvRecord line, @Nullable String column, Refused refused) {
    tally.rejected(1);
    rejects.add(
        new Reject(
            line.getStartingLineNumber(),
            column,
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
    for (KnownItems items : known.values()) {
      items.stage(handle, staging);
    }
  }

  @Override
  public void close() throws SQLException {
    copy.close();
  }
}
