package io.refdata.persistence.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.ItemView.Part;
import io.refdata.persistence.item.ItemView.Reference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What answers about items rest on, and what writes of items touch. A list rests on the items it
 * shows, on those they refer to, on which items there are, and on the properties that it asks for
 * or sorts by: the edit of an item leaves the lists alone in which it neither is nor could come to
 * be.
 */
public final class ItemDependencies {
  private ItemDependencies() {}

  /** What a list rests on. */
  public static Dependencies of(ItemList list, Collection<ItemView> items) {
    Dependencies subjects = new Dependencies();
    if (list.past() != null) {
      return subjects;
    }
    ItemType<?> type = list.type();
    addAll(subjects, type);
    list.conditions().forEach(condition -> add(subjects, type, condition));
    list.order().forEach(order -> subjects.add(property(order.property())));
    addChildren(subjects, type, list.expand());
    items.forEach(item -> add(subjects, list.list(), item));
    return subjects;
  }

  /** What the answer about one item rests on, with what is expanded in it. */
  public static Dependencies of(
      Address address, Set<String> expand, @Nullable Past past, ItemView item) {
    Dependencies subjects = new Dependencies();
    if (past == null) {
      addChildren(subjects, address.type(), expand);
      add(subjects, address.list(), item);
    }
    return subjects;
  }

  private static void addChildren(Dependencies subjects, ItemType<?> type, Set<String> expand) {
    for (Catalogue.Children children : Catalogue.children(type)) {
      if (expand.contains(children.name())) {
        addAll(subjects, children.type()).add(property(children.parent()));
      }
    }
  }

  /** What a load touches that writes to a collection. */
  public static Dependencies loaded(Collection<? extends ItemType<?>> types) {
    Dependencies subjects = new Dependencies();
    types.forEach(type -> subjects.add(all(type)));
    return subjects;
  }

  /** What is touched when an item comes to be, or is deleted. */
  public static Dependencies comesOrGoes(Address address) {
    return new Dependencies().add(item(address)).add(which(address.type()));
  }

  /** What is touched when an item, as it was, becomes what it is now; null if nothing. */
  public static @Nullable Dependencies changes(
      Address address, Map<Property, @Nullable Object> before, Item now) {
    List<Property> changed =
        before.keySet().stream()
            .filter(property -> !Objects.equals(before.get(property), property.of(now)))
            .toList();
    if (changed.isEmpty()) {
      return null;
    }
    Dependencies subjects = new Dependencies().add(item(address));
    changed.forEach(property -> subjects.add(property(property)));
    return subjects;
  }

  /** The properties of an item, to be compared with what it becomes. */
  public static Map<Property, @Nullable Object> values(ItemType<?> type, Item item) {
    Map<Property, @Nullable Object> values = new LinkedHashMap<>();
    type.properties().forEach(property -> values.put(property, property.of(item)));
    return values;
  }

  private static Dependencies addAll(Dependencies subjects, ItemType<?> type) {
    return subjects.add(all(type)).add(which(type));
  }

  private static void add(Dependencies subjects, ItemType<?> type, Condition condition) {
    if (condition instanceof Condition.AnyOf any) {
      subjects.add(property(any.property()));
    } else if (condition instanceof Condition.Compares compares) {
      subjects.add(property(compares.property()));
    } else if (condition instanceof Condition.NameContains) {
      subjects.add(property(type.name()));
    } else if (condition instanceof Condition.InBox) {
      type.property("latitude").ifPresent(latitude -> subjects.add(property(latitude)));
      type.property("longitude").ifPresent(longitude -> subjects.add(property(longitude)));
    } else {
      if (condition instanceof Condition.Within within) {
        subjects.add(property(within.property()));
      }
      addHierarchy(subjects);
    }
  }

  /** How regions lie in one another. */
  public static Dependencies addHierarchy(Dependencies subjects) {
    return addAll(subjects, Catalogue.REGIONS)
        .add(property(Catalogue.REGIONS.property("parent").orElseThrow()));
  }

  /** Any item's value of a property, and which items there are. */
  public static Dependencies addProperty(Dependencies subjects, ItemType<?> type, String name) {
    return addAll(subjects, type).add(property(type.property(name).orElseThrow()));
  }

  private static void add(Dependencies subjects, @Nullable Code list, ItemView item) {
    ItemType<?> type = item.type();
    add(subjects, type, list, item.code());
    for (int place = 0; place < item.values().size(); place++) {
      Object value = item.values().get(place);
      if (value instanceof Reference reference) {
        Property property = type.property(item.members().get(place)).orElseThrow();
        add(subjects, Catalogue.of(property.target()), list, reference.code());
      } else if (value instanceof ItemView expanded) {
        add(subjects, null, expanded);
      } else if (value instanceof List<?> several) {
        several.forEach(one -> addOneOfSeveral(subjects, one));
      }
    }
  }

  private static void addOneOfSeveral(Dependencies subjects, Object one) {
    if (one instanceof ItemView child) {
      add(subjects, null, child);
    } else if (one instanceof Part part) {
      add(subjects, Catalogue.ORGANIZATIONS, null, part.organization().code());
    }
  }

  private static void add(
      Dependencies subjects, ItemType<?> type, @Nullable Code list, String code) {
    subjects.add(all(type)).add(item(type == Catalogue.CODES ? list : null, type, code));
  }

  private static String item(Address address) {
    return item(address.list(), address.type(), address.code().value());
  }

  private static String item(@Nullable Code list, ItemType<?> type, String code) {
    return type.collection() + '/' + (list == null ? code : list + "/" + code);
  }

  /** Whatever of a collection: what a load touches. */
  private static String all(ItemType<?> type) {
    return type.collection();
  }

  /** Which items a collection has. */
  private static String which(ItemType<?> type) {
    return type.collection() + '?';
  }

  private static String property(Property property) {
    return property.toString();
  }
}
