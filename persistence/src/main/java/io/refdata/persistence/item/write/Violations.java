package io.refdata.persistence.item.write;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.fault.Fault;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The rules of its properties that an item breaks. */
public final class Violations {
  private Violations() {}

  /**
   * The faults of an item, sorted by place.
   *
   * @param faulty the places that have a fault already: a property gets no second one because its
   *     value is missing
   */
  public static List<Fault> of(
      Validator validator, ItemType<?> type, Item item, Set<String> faulty) {
    return validator.validate(item).stream()
        .map(
            violation ->
                new Fault(pointer(type, violation.getPropertyPath()), violation.getMessage()))
        .filter(fault -> !faulty.contains(fault.pointer()))
        .sorted(Comparator.comparing(Fault::pointer).thenComparing(Fault::detail))
        .toList();
  }

  private static String pointer(ItemType<?> type, Path path) {
    StringBuilder pointer = new StringBuilder();
    for (Path.Node node : path) {
      pointer.append('/').append(name(type, node.getName()));
    }
    return pointer.toString();
  }

  /** The name of a field for clients. */
  private static String name(ItemType<?> type, String field) {
    return type.properties().stream()
        .filter(property -> property.field().equals(field))
        .map(Property::name)
        .findFirst()
        .orElse(field);
  }
}
