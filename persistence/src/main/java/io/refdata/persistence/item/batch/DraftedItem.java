package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Owners;
import io.refdata.persistence.item.ItemValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The values that an item will have, and the items and codes that they name. */
record DraftedItem(ItemSet set, Operation operation, ItemValues values) {
  /**
   * An item or a code of a list that a value names.
   *
   * @param pointer its place in the item, as a JSON pointer
   * @param sets where it may be; several only if it is a code of one of several lists
   */
  record Named(Property property, String pointer, List<ItemSet> sets, Code code) {
    /** The fault if it is not there. */
    String absence() {
      ItemSet first = sets.get(0);
      if (!property.isListed()) {
        return first.type().collection() + " has no item with the code " + code;
      }
      return sets.size() == 1
          ? "the code list " + first.list() + " has no code " + code
          : sets.stream()
              .map(set -> String.valueOf(set.list()))
              .collect(Collectors.joining(", ", "none of the code lists ", " has a code " + code));
    }
  }

  List<Named> named() {
    List<Named> named = new ArrayList<>();
    for (Map.Entry<Property, Object> entry : values.values().entrySet()) {
      Property property = entry.getKey();
      Object value = entry.getValue();
      if (property.kind() == PropertyKind.REFERENCE) {
        named.add(named(property, "", List.of(target(property)), (Code) value));
      } else if (value instanceof Owners owners) {
        List<Owners.Owner> all = owners.all();
        for (int i = 0; i < all.size(); i++) {
          String place = "/" + i + "/organization";
          named.add(named(property, place, List.of(target(property)), all.get(i).organization()));
        }
      } else if (property.isListed()) {
        List<ItemSet> lists = property.lists().stream().map(ItemSet::ofList).toList();
        named.add(named(property, "", lists, (Code) value));
      }
    }
    return named;
  }

  private static Named named(Property property, String place, List<ItemSet> sets, Code code) {
    return new Named(property, "/" + property.name() + place, sets, code);
  }

  /** The set that a reference or an owner is of: a code refers to codes of its own list. */
  private ItemSet target(Property property) {
    ItemType<?> target = Catalogue.of(property.target());
    return new ItemSet(target, target == Catalogue.CODES ? set.list() : null);
  }

  /** The property that makes a type a hierarchy. */
  static Optional<Property> parent(ItemType<?> type) {
    return type.property("parent").filter(property -> property.refersTo(type));
  }

  /** The item that it will be below, if it is one. */
  Optional<Code> parent() {
    return parent(set.type()).map(property -> (Code) values.values().get(property));
  }

  /** Hands each property but the code, with its text in SQL; that of a reference is its code. */
  void texts(BiConsumer<Property, Optional<String>> texts) {
    for (Property property : set.type().shown()) {
      if (property != set.type().code()) {
        texts.accept(
            property, Optional.ofNullable(values.values().get(property)).map(Object::toString));
      }
    }
  }

  /** The id of the item that a reference names. */
  int id(Property reference, StoredItems stored) {
    Code code = (Code) Objects.requireNonNull(values.values().get(reference));
    return stored.id(target(reference), code).orElseThrow();
  }
}
