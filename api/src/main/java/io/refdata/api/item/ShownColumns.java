package io.refdata.api.item;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.refdata.api.table.Table;
import io.refdata.api.table.Table.Kind;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Reference;
import io.refdata.persistence.item.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of items in a table. A column has the name of its property. A reference is the code
 * of its item; an expanded reference has one column for each property of that item, such as {@code
 * region.name}. Owners and identifiers are one cell, {@code EDF:0.6;RWE:0.4}. Items that refer to
 * the item of the row are one cell with their codes, separated by semicolons. A missing value is an
 * empty cell.
 */
final class ShownColumns {
  private final ItemType<?> type;
  private final List<Shown> all = new ArrayList<>();

  /**
   * @param inner a property of the referenced item; null for the member itself
   */
  record Shown(String member, @Nullable String inner, Kind kind) {
    String header() {
      return inner == null ? member : member + "." + inner;
    }

    /** The value of the column in an item. */
    private @Nullable Object of(ItemView item) {
      Object value = item.get(member);
      return inner != null && value instanceof ItemView other ? other.get(inner) : value;
    }

    /** The text of the cell of an item; empty if it has no value. */
    String text(ItemView item) {
      return ShownColumns.text(of(item));
    }

    /** The cell of an item as the kind of the column has it; null if it has no value. */
    @Nullable Object cell(ItemView item) {
      Object value = of(item);
      return value == null || value instanceof Number ? value : ShownColumns.text(value);
    }
  }

  ShownColumns(ItemType<?> type, ItemFields fields) {
    this.type = type;
    for (String member : fields.members()) {
      Optional<Property> property = type.shown(member);
      if (fields.expand().contains(member) && property.isPresent()) {
        for (Property inner : Catalogue.of(property.get().target()).shown()) {
          all.add(new Shown(member, inner.name(), kind(inner)));
        }
      } else {
        all.add(
            new Shown(
                member,
                null,
                property.map(ShownColumns::kind).orElseGet(() -> kindOfOther(member))));
      }
    }
  }

  /** The kind of a member that is no property. */
  private static Kind kindOfOther(String member) {
    return member.equals(Near.DISTANCE) ? Kind.NUMBER : Kind.TEXT;
  }

  private static Kind kind(Property property) {
    return switch (property.kind()) {
      case NUMBER -> Kind.NUMBER;
      case INTEGER -> Kind.WHOLE;
      default -> Kind.TEXT;
    };
  }

  List<Shown> all() {
    return all;
  }

  /** The table of the items. */
  Table table() {
    return new Table(
        type.collection(),
        all.stream().map(shown -> Table.Column.optional(shown.header(), shown.kind())).toList(),
        Map.of());
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof Double number) {
      return NumberOutput.toString(number, true);
    } else if (value instanceof Reference reference) {
      return reference.code();
    } else if (value instanceof ItemView item) {
      return item.code();
    } else if (value instanceof List<?> several) {
      return several.stream().map(ShownColumns::text).collect(Collectors.joining(";"));
    }
    return value.toString();
  }
}
