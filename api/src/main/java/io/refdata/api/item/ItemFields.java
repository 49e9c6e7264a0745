package io.refdata.api.item;

import io.refdata.api.request.Parameters;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How much of an item is shown.
 *
 * @param members its members, in their order
 * @param expand those of them that come as whole items
 */
record ItemFields(List<String> members, Set<String> expand) {
  static ItemFields whole(ItemType<?> type) {
    return new ItemFields(type.shown().stream().map(Property::name).toList(), Set.of());
  }

  /** What {@code fields} and {@code expand} say. What is expanded is shown. */
  static ItemFields of(ItemType<?> type, Parameters parameters) {
    Set<String> expandable = expandable(type);
    Set<String> expand = new LinkedHashSet<>();
    for (String name : names(parameters, "expand")) {
      if (expandable.contains(name)) {
        expand.add(name);
      } else {
        parameters.fault(
            "expand",
            expandable.isEmpty()
                ? "'%s' cannot be: there is nothing to expand in %s".formatted(name, type)
                : "'%s' cannot be; of %s there is %s"
                    .formatted(name, type, String.join(", ", expandable)));
      }
    }
    List<String> whole = whole(type).members();
    List<String> fields = names(parameters, "fields");
    for (String name : fields) {
      if (!whole.contains(name) && !expand.contains(name)) {
        parameters.fault(
            "fields",
            "'%s' is no property of %s; they are %s"
                .formatted(name, type, String.join(", ", whole)));
      }
    }
    Set<String> members = new LinkedHashSet<>(fields.isEmpty() ? whole : fields);
    members.addAll(expand);
    return new ItemFields(List.copyOf(members), expand);
  }

  private static Set<String> expandable(ItemType<?> type) {
    Set<String> expandable = new LinkedHashSet<>();
    type.shown().stream()
        .filter(Property::expandable)
        .forEach(property -> expandable.add(property.name()));
    Catalogue.children(type).forEach(children -> expandable.add(children.name()));
    return expandable;
  }

  private static List<String> names(Parameters parameters, String parameter) {
    List<String> names = new ArrayList<>();
    Optional<String> given = parameters.one(parameter);
    given.ifPresent(text -> names.addAll(List.of(text.split(",", -1))));
    return names;
  }
}
