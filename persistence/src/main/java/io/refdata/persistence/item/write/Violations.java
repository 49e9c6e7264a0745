package io.refdata.persistence.item.write;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.persistence.item.ItemValues;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of its properties that an item, or values of one, break. */
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

  /** The faults of values that are no item yet; references are not looked at. */
  public static List<Fault> of(Validator validator, ItemType<?> type, ItemValues values) {
    return values.values().entrySet().stream()
        .filter(each -> each.getKey().kind() != PropertyKind.REFERENCE)
        .flatMap(each -> of(validator, type, each.getKey(), each.getValue()))
        .toList();
  }

  private static Stream<Fault> of(
      Validator validator, ItemType<?> type, Property property, @Nullable Object value) {
    return validator.validateValue(type.entity(), property.field(), value).stream()
        .map(violation -> new Fault("/" + property.name(), violation.getMessage()));
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
