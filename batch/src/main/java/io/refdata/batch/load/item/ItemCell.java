package io.refdata.batch.load.item;

import io.refdata.batch.file.Line;
import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.batch.load.cell.CodeResolver;
import io.refdata.batch.load.cell.DerivedCodes;
import io.refdata.batch.load.cell.JsonCell;
import io.refdata.batch.load.cell.NumberColumn;
import io.refdata.batch.load.cell.Resolved;
import io.refdata.batch.load.intake.RejectReason;
import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.batch.load.time.Days;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
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

/** Reads the value of one property from a line, or of one key of a property that is a map. */
final class ItemCell {
  private final ItemType<?> type;
  private final ItemLayout.Part part;
  private final int column;
  private final @Nullable CodeResolver codes;
  private final Set<String> missingValues;
  private final boolean json;
  private final NumberColumn number;
  private final char decimalSign;
  private final DerivedCodes derived = new DerivedCodes();
  private final Days days;
  private final Validator validator;
  private boolean rounded;

  /**
   * The value of a cell.
   *
   * @param value null if it is missing or rejected, or if it is a name to be found among the items
   *     themselves
   * @param text the text in the file; null if it is missing
   * @param reject the reason of the reject; null unless rejected
   */
  record Value(@Nullable Object value, @Nullable String text, @Nullable RejectReason reject) {}

  /**
   * @param column the number of its column; -1 if it is a constant
   * @param scaleColumn the number of the column with the power of ten; -1 if there is none
   * @param codes resolves the text if the property is a code of a list, owners, or a reference to
   *     another collection; otherwise null
   */
  ItemCell(
      ItemLayout layout,
      ItemLayout.Part part,
      int column,
      int scaleColumn,
      @Nullable CodeResolver codes,
      Validator validator) {
    LayoutDefinition definition = layout.definition();
    this.type = layout.set().type();
    this.part = part;
    this.column = column;
    this.codes = codes;
    this.missingValues = new HashSet<>(definition.missingCodes());
    this.json = definition.form().json();
    this.number =
        new NumberColumn(
            definition, part.source().number(), scaleColumn, definition.missingCodes());
    this.decimalSign = definition.decimalSign();
    this.days = new Days(part.source());
    this.validator = validator;
  }

  Property property() {
    return part.property();
  }

  /** The key, for a property that is read by key. */
  @Nullable String scheme() {
    return part.scheme();
  }

  /** The number of its column; -1 if it is a constant. */
  int column() {
    return column;
  }

  /** Whether the cell may create the item that it names. */
  boolean creates() {
    return part.source().create();
  }

  /** Whether a double cannot hold the number that was read last as it is written. */
  boolean isRounded() {
    return rounded;
  }

  Value read(Line line) {
    rounded = false;
    Property property = part.property();
    String constant = part.source().constant();
    String text = constant != null ? constant : text(line);
    if (missingValues.contains(text) || constant == null && !line.has(column)) {
      // A missing name is no fault: the item keeps its name, or its code becomes its name.
      return property == type.code() || property.required() && property != type.name()
          ? rejected("MISSING_", "the line has no " + property.name())
          : new Value(null, null, null);
    } else if (property.kind() == PropertyKind.OWNERS) {
      return owners(text);
    } else if (ItemStagingTable.isWithin(type, property)) {
      return withinCollection(text);
    } else if (codes != null) {
      Resolved resolved = codes.resolve(text);
      return new Value(resolved.code(), text, resolved.reject());
    }
    return plain(text, line);
  }

  private String text(Line line) {
    String text = line.text(column);
    return json && part.scheme() == null ? JsonCell.toCsv(part.property(), text) : text;
  }

  private Value plain(String original, Line line) {
    Property property = part.property();
    String text = mapped(original);
    if (property == type.code() && part.source().asCode()) {
      Optional<String> other = derived.other(text, original);
      if (other.isPresent()) {
        return new Value(null, original, DerivedCodes.ambiguous(original, text, other.get()));
      }
    }
    if (part.scheme() != null) {
      Optional<String> fault = Identifiers.fault(part.scheme(), text);
      return fault.isPresent()
          ? rejected(
              "BAD_",
              "%s '%s' %s".formatted(part.scheme(), RejectReasons.quoted(text), fault.get()))
          : new Value(text, original, null);
    }
    Optional<?> parsed =
        switch (property.kind()) {
          case NUMBER -> number(text, line);
          case INTEGER ->
              number(text, line)
                  .filter(number -> number == number.intValue())
                  .map(Double::intValue);
          case DAY, YEAR_OR_DAY -> days.iso(property, text).flatMap(property::parse);
          default -> property.parse(text);
        };
    if (parsed.isPresent()) {
      return validated(parsed.get(), original);
    }
    return property.kind().isNumeric()
        ? new Value(null, original, number.reject(text, line))
        : rejected(
            "BAD_", "'%s' is not %s".formatted(RejectReasons.quoted(text), property.expectation()));
  }

  private Optional<Double> number(String text, Line line) {
    double value = number.parse(text, line);
    rounded = number.isRounded();
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
  }

  /** Applies the layout's {@code map}, or {@code as} and {@code prefix}, to a text. */
  private String mapped(String text) {
    Source source = part.source();
    String mapped = source.mapped(text);
    return mapped != null ? mapped : source.changed(source.asCode() ? CodeFromName.as(text) : text);
  }

  /** Reads a reference to the same collection, which is resolved when all lines are staged. */
  private Value withinCollection(String text) {
    if (creates() && text.length() > Item.LONGEST_NAME) {
      return rejected("BAD_", RejectReasons.tooLongName(text));
    }
    boolean mapped = part.source().map() != null && part.source().map().containsKey(text);
    if (part.source().matches() && !mapped) {
      return new Value(null, part.source().changed(text), null);
    }
    String code = mapped(text);
    return Code.parse(code).isPresent()
        ? new Value(code, text, null)
        : new Value(
            null,
            text,
            RejectReason.unknown(
                RejectReasons.subject(part.property().name()),
                "'%s' is not a code".formatted(RejectReasons.quoted(code))));
  }

  /**
   * Reads owners in the form of CSV, {@code EDF:0.6;RWE:0.4}. Each organization is resolved like a
   * reference: by {@code map}, {@code as}, {@code match}, and created by {@code create}.
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
        if (owner.reject() != null) {
          return new Value(null, text, owner.reject());
        }
        owners.add(
            new Owners.Owner(new Code(java.util.Objects.requireNonNull(owner.code())), share));
      }
      return new Value(new Owners(owners), text, null);
    } catch (NumberFormatException e) {
      return rejected(
          "BAD_",
          "'%s' is not %s".formatted(RejectReasons.quoted(text), part.property().expectation()));
    } catch (IllegalArgumentException e) {
      return rejected("BAD_", "'%s': %s".formatted(RejectReasons.quoted(text), e.getMessage()));
    }
  }

  private Value validated(Object value, String text) {
    return validator.validateValue(type.entity(), part.property().field(), value).stream()
        .findFirst()
        .map(
            violation ->
                rejected(
                    "BAD_",
                    "'" + RejectReasons.quoted(value.toString()) + "' " + violation.getMessage()))
        .orElseGet(() -> new Value(value, text, null));
  }

  private Value rejected(String prefix, String reason) {
    return new Value(
        null,
        null,
        new RejectReason(prefix + RejectReasons.subject(part.property().name()), reason));
  }
}
