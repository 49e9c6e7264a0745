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
 * The members of an item that a response shows.
 *
 * @param members the members, in their order
 * @param expand the members among them that are shown as complete items
 */
record ItemFields(List<String> members, Set<String> expand) {
  static ItemFields all(ItemType<?> type) {
    return new ItemFields(type.shown().stream().map(Property::name).toList(), Set.of());
  }

  /** Parses {@code fields} and {@code expand}. An expanded member is always shown. */
  static ItemFields of(ItemType<?> type, Parameters parameters) {
    return of(type, parameters, List.of());
  }

  /**
   * The same for items that have more members than their properties.
   *
   * @param further these members, which are always shown, at the end
   */
  static ItemFields of(ItemType<?> type, Parameters parameters, List<String> further) {
    Set<String> expandable = expandable(type);
    Set<String> expand = new LinkedHashSet<>();
    for (String name : names(parameters, "expand")) {
      if (expandable.contains(name)) {
        expand.add(name);
      } else {
        parameters.fault(
            "expand",
            expandable.isEmpty()
                ? "'%s' cannot be expanded; %s have nothing to expand".formatted(name, type)
                : "'%s' cannot be expanded; %s can expand %s"
                    .formatted(name, type, String.join(", ", expandable)));
      }
    }
    List<String> properties = all(type).members();
    List<String> fields = names(parameters, "fields");
    for (String name : fields) {
      if (!properties.contains(name) && !expand.contains(name) && !further.contains(name)) {
        parameters.fault(
            "fields",
            "'%s' is not a property of %s; its properties are %s"
                .formatted(name, type, String.join(", ", properties)));
      }
    }
    Set<String> members = new LinkedHashSet<>(fields.isEmpty() ? properties : fields);
    members.addAll(expand);
    members.removeAll(further);
    members.addAll(further);
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
