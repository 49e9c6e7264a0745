package io.refdata.batch.load;

import io.refdata.batch.file.Line;
import io.refdata.catalogue.Catalogue;
import io.refdata.layout.LayoutDefinition;
import io.refdata.layout.Source;
import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.KeptKeys;
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
final class ItemLines implements AutoCloseable {
  private final ItemType<?> type;
  private final Validator validator;
  private final List<String> header;
  private final Set<String> missing;
  private final BinaryCopy copy;
  private final Rejects.Writer rejects;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, KnownItems> known = new HashMap<>();
  private final Tally tally;
  private final @Nullable KeptKeys kept;

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
      SourceFile file,
      BinaryCopy copy,
      Tally tally,
      Rejects.Writer rejects,
      @Nullable KeptKeys kept) {
    this.type = type;
    this.validator = validator;
    this.header = file.header();
    this.missing = new HashSet<>(layout.missingValues());
    this.copy = copy;
    this.tally = tally;
    this.rejects = rejects;
    this.kept = kept;
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

  /** The columns that a layout reads. */
  static Set<String> columns(LayoutDefinition layout) {
    return SourceFile.named(List.copyOf(sources(layout).values()));
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

  void take(Line line) {
    tally.line();
    Refused whole = Refusals.line(line, header.size());
    if (whole != null) {
      refuse(line, null, whole);
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
    try {
      copy.row(1 + cells.size()).int8(line.number());
    } catch (SQLException e) {
      throw new IllegalStateException("COPY into staging failed", e);
    }
    for (int i = 0; i < cells.size(); i++) {
      write(cells.get(i).property(), values.get(i));
    }
    tally.staged(1);
  }

  private Value read(Line line, Cell cell) {
    Property property = cell.property();
    String constant = cell.source().constant();
    String text = constant != null ? constant : cell.column() < 0 ? "" : line.text(cell.column());
    if (missing.contains(text) || constant == null && !line.has(cell.column())) {
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
    Optional<Object> parsed =
        property.parse(property.kind() == Property.Kind.YEAR_OR_DAY ? Years.of(text) : text);
    if (parsed.isEmpty()) {
      return property.kind() == Property.Kind.NUMBER || property.kind() == Property.Kind.INTEGER
          ? new Value(null, Refusals.notANumber(text))
          : refused(
              "BAD_", property, "'" + Refusals.quoted(text) + "' is not " + property.expectation());
    }
    return validated(property, parsed.get());
  }

  private Value validated(Property property, Object value) {
    Optional<? extends ConstraintViolation<?>> violation =
        validator.validateValue(type.entity(), property.field(), value).stream().findFirst();
    return violation.isPresent()
        ? refused(
            "BAD_",
            property,
            "'" + Refusals.quoted(value.toString()) + "' " + violation.get().getMessage())
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

  private void refuse(Line line, @Nullable String column, Refused refused) {
    tally.rejected(1);
    rejects.add(new Reject(line.number(), column, refused.code(), refused.reason(), line.raw()));
    if (kept != null) {
      keep(kept, line);
    }
  }

  /** The item that a refused line is about, as far as it can be read. */
  private void keep(KeptKeys into, Line line) {
    cells.stream()
        .filter(cell -> cell.property() == type.code())
        .map(cell -> read(line, cell).value())
        .forEach(
            code -> {
              if (code != null) {
                into.add(code.toString(), null);
              }
            });
  }

  /** Ends the rows, and writes what else the merge will need. */
  void end(Handle handle, StagingTables staging) throws SQLException {
    copy.end();
    for (KnownItems items : known.values()) {
      items.stage(handle, staging);
    }
  }

  @Override
  public void close() throws SQLException {
    copy.close();
  }
}
