package io.refdata.batch.load.item;

import io.refdata.batch.file.Line;
import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.Days;
import io.refdata.batch.load.cell.JsonCell;
import io.refdata.batch.load.cell.Numbers;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.Owners;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.load.staging.ItemStagingTable;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a line says of one property, or of one key of a property that is a map. */
final class ItemCell {
  private final ItemType<?> type;
  private final ItemLayout.Part part;
  private final int column;
  private final @Nullable CodeResolver codes;
  private final Set<String> missing;
  private final boolean json;
  private final char decimalSign;
  private final Days days;
  private final Validator validator;

  /**
   * What a cell says.
   *
   * @param value null if it is missing, refused, or to be found by name among the items themselves
   * @param text as the file has it; null if it is missing
   * @param refused null unless refused
   */
  record Value(@Nullable Object value, @Nullable String text, @Nullable RejectReason refused) {}

  /**
   * @param column the number of its column; -1 if it is a constant
   * @param codes what it may be, if it is a code of a list, owners, or refers to another collection
   */
  ItemCell(
      ItemLayout layout,
      ItemLayout.Part part,
      int column,
      @Nullable CodeResolver codes,
      Validator validator) {
    LayoutDefinition definition = layout.definition();
    this.type = layout.set().type();
    this.part = part;
    this.column = column;
    this.codes = codes;
    this.missing = new HashSet<>(definition.missingValues());
    this.json = definition.json();
    this.decimalSign = definition.decimalSign();
    this.days = new Days(part.source());
    this.validator = validator;
  }

  Property property() {
    return part.property();
  }

  /** The key, of a property that is read by key. */
  @Nullable String scheme() {
    return part.scheme();
  }

  /** The number of its column; -1 if it is a constant. */
  int column() {
    return column;
  }

  /** Whether what it names may have to be made. */
  boolean creates() {
    return part.source().create();
  }

  Value read(Line line) {
    Property property = part.property();
    String constant = part.source().constant();
    String text = constant != null ? constant : text(line);
    if (missing.contains(text) || constant == null && !line.has(column)) {
      // A name that a file lacks is no fault: the item keeps the one it has, or is called by its
      // code.
      return property.required() && property != type.name()
          ? refused("MISSING_", "the line has no " + property.name())
          : new Value(null, null, null);
    } else if (property.kind() == Property.Kind.OWNERS) {
      return owners(text);
    } else if (ItemStagingTable.isWithin(type, property)) {
      return within(text);
    } else if (codes != null) {
      Resolved resolved = codes.resolve(text);
      return new Value(resolved.code(), text, resolved.refused());
    }
    return plain(text);
  }

  private String text(Line line) {
    String text = line.text(column);
    return json && part.scheme() == null ? JsonCell.flat(part.property(), text) : text;
  }

  private Value plain(String original) {
    Property property = part.property();
    String text = replaced(original);
    if (part.scheme() != null) {
      Optional<String> fault = Identifiers.fault(part.scheme(), text);
      return fault.isPresent()
          ? refused(
              "BAD_",
              "%s '%s' %s".formatted(part.scheme(), RejectReasons.quoted(text), fault.get()))
          : new Value(text, original, null);
    }
    Optional<?> parsed =
        switch (property.kind()) {
          case NUMBER -> number(text);
          case INTEGER ->
              number(text).filter(number -> number == number.intValue()).map(Double::intValue);
          case DAY, YEAR_OR_DAY -> days.iso(property, text).flatMap(property::parse);
          default -> property.parse(text);
        };
    if (parsed.isPresent()) {
      return validated(parsed.get(), original);
    }
    return property.kind() == Property.Kind.NUMBER || property.kind() == Property.Kind.INTEGER
        ? new Value(null, original, RejectReasons.notANumber(text))
        : refused(
            "BAD_", "'%s' is not %s".formatted(RejectReasons.quoted(text), property.expectation()));
  }

  private Optional<Double> number(String text) {
    double number = Numbers.parse(text, decimalSign);
    return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
  }

  /** What the layout's {@code map} or {@code as} makes of a text. */
  private String replaced(String text) {
    Source source = part.source();
    String mapped = source.map() == null ? null : source.map().get(text);
    if (mapped != null) {
      return mapped;
    }
    return "CODE".equals(source.as()) ? CodeFromName.as(text) : text;
  }

  /** A reference to the same collection: found when all lines are staged. */
  private Value within(String text) {
    boolean mapped = part.source().map() != null && part.source().map().containsKey(text);
    if (part.source().byName() && !mapped) {
      return new Value(null, text, null);
    }
    String code = replaced(text);
    return Code.parse(code).isPresent()
        ? new Value(code, text, null)
        : refused("UNKNOWN_", "'%s' is not a code".formatted(RejectReasons.quoted(code)));
  }

  /**
   * Owners as CSV has them, {@code EDF:0.6;RWE:0.4}. Each of the organizations is found as a
   * reference to one would be: by {@code map}, {@code as}, {@code match}, and made by {@code
   * create}.
   */
  private Value owners(String text) {
    CodeResolver organizations = java.util.Objects.requireNonNull(codes);
    List<Owners.Owner> owners = new ArrayList<>();
    try {
      for (String entry : text.split(";", -1)) {
        int colon = entry.lastIndexOf(':');
        BigDecimal share =
            Owners.share(entry.substring(colon + 1).strip().replace(decimalSign, '.'))
                .orElseThrow(NumberFormatException::new);
        Resolved owner = organizations.resolve(entry.substring(0, Math.max(0, colon)).strip());
        if (owner.refused() != null) {
          return new Value(null, text, owner.refused());
        }
        owners.add(
            new Owners.Owner(new Code(java.util.Objects.requireNonNull(owner.code())), share));
      }
      return new Value(new Owners(owners), text, null);
    } catch (NumberFormatException e) {
      return refused(
          "BAD_",
          "'%s' is not %s".formatted(RejectReasons.quoted(text), part.property().expectation()));
    } catch (IllegalArgumentException e) {
      return refused("BAD_", "'%s': %s".formatted(RejectReasons.quoted(text), e.getMessage()));
    }
  }

  private Value validated(Object value, String text) {
    return validator.validateValue(type.entity(), part.property().field(), value).stream()
        .findFirst()
        .map(
            violation ->
                refused(
                    "BAD_",
                    "'" + RejectReasons.quoted(value.toString()) + "' " + violation.getMessage()))
        .orElseGet(() -> new Value(value, text, null));
  }

  private Value refused(String prefix, String reason) {
    return new Value(
        null,
        null,
        new RejectReason(prefix + RejectReasons.subject(part.property().name()), reason));
  }
}
