package io.refdata.persistence.item;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
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
 * The dependencies of responses about items, and the dependencies that writes of items change. A
 * list depends on the items it shows, on the items they refer to, on the set of items that exist,
 * and on the properties by which it filters or sorts; if it filters by a few codes, only on these
 * values of the property. So the change of an item does not affect a list that does not hold it and
 * cannot come to hold it.
 */
public final class ItemDependencies {
  /** A filter by more values than this depends on all values of the property. */
  private static final int MOST_VALUES = 100;

  private ItemDependencies() {}

  /** The dependencies of a list. */
  public static Dependencies of(ItemList list, Collection<ItemView> items) {
    Dependencies dependencies = new Dependencies();
    if (list.past() != null) {
      return dependencies;
    }
    ItemType<?> type = list.type();
    addAll(dependencies, type);
    Code owner = list.list();
    if (owner != null) { // without it, there is no list
      add(dependencies, Catalogue.CODE_LISTS, null, owner.value());
    }
    list.conditions().forEach(condition -> add(dependencies, type, condition));
    if (list.near() != null) {
      addPosition(dependencies, type);
    }
    list.order().forEach(order -> dependencies.add(property(order.property())));
    addChildren(dependencies, type, list.expand());
    items.forEach(item -> add(dependencies, list.list(), item));
    return dependencies;
  }

  /** The dependencies of the response about one item, with the items that are expanded in it. */
  public static Dependencies of(
      Address address, Set<String> expand, @Nullable Past past, ItemView item) {
    Dependencies dependencies = new Dependencies();
    if (past == null) {
      addChildren(dependencies, address.type(), expand);
      add(dependencies, address.list(), item);
    }
    return dependencies;
  }

  private static void addChildren(Dependencies dependencies, ItemType<?> type, Set<String> expand) {
    for (Catalogue.Children children : Catalogue.children(type)) {
      if (expand.contains(children.name())) {
        addAll(dependencies, children.type()).add(property(children.parent()));
      }
    }
  }

  /** The dependencies that a load changes if it writes to these collections. */
  public static Dependencies loaded(Collection<? extends ItemType<?>> types) {
    Dependencies dependencies = new Dependencies();
    types.forEach(type -> dependencies.add(all(type)));
    return dependencies;
  }

  /** The dependencies that change when an item is created or deleted. */
  public static Dependencies createdOrDeleted(Address address) {
    return new Dependencies().add(item(address)).add(which(address.type()));
  }

  /**
   * The dependencies that change when an item goes from its values before to its current ones; null
   * if nothing changes.
   */
  public static @Nullable Dependencies changes(
      Address address, Map<Property, @Nullable Object> before, Item now) {
    List<Property> changed =
        before.keySet().stream()
            .filter(property -> !Objects.equals(before.get(property), property.of(now)))
            .toList();
    if (changed.isEmpty()) {
      return null;
    }
    Dependencies dependencies = new Dependencies().add(item(address));
    for (Property property : changed) {
      dependencies.add(property(property));
      addValue(dependencies, property, before.get(property));
      addValue(dependencies, property, property.of(now));
    }
    return dependencies;
  }

  /** Adds that a property of an item has a value, if lists are filtered by such values. */
  private static void addValue(
      Dependencies dependencies, Property property, @Nullable Object value) {
    if (value instanceof Code code) {
      dependencies.add(value(property, code));
    } else if (value instanceof Item item) {
      dependencies.add(value(property, item.code()));
    }
  }

  /** The values of an item, to be compared with its later ones. */
  public static Map<Property, @Nullable Object> values(ItemType<?> type, Item item) {
    Map<Property, @Nullable Object> values = new LinkedHashMap<>();
    type.properties().forEach(property -> values.put(property, property.of(item)));
    return values;
  }

  private static Dependencies addAll(Dependencies dependencies, ItemType<?> type) {
    return dependencies.add(all(type)).add(which(type));
  }

  private static void add(Dependencies dependencies, ItemType<?> type, Condition condition) {
    if (condition instanceof Condition.AnyOf any) {
      add(dependencies, any);
    } else if (condition instanceof Condition.Compares compares) {
      dependencies.add(property(compares.property()));
    } else if (condition instanceof Condition.NameContains) {
      dependencies.add(property(type.name()));
    } else if (condition instanceof Condition.InBox) {
      addPosition(dependencies, type);
    } else if (condition instanceof Condition.InForce inForce) {
      dependencies.add(property(inForce.life().from())).add(property(inForce.life().to()));
    } else if (condition instanceof Condition.MemberOf memberOf) {
      addAll(dependencies, Catalogue.REGIONS);
      addMemberships(dependencies, memberOf.on());
    } else {
      if (condition instanceof Condition.Within within) {
        dependencies.add(property(within.property()));
        addMemberships(dependencies, within.on());
      }
      addHierarchy(dependencies);
    }
  }

  /**
   * Adds the memberships, and the day if nobody named it.
   *
   * @param on null if no membership counts
   */
  public static Dependencies addMemberships(Dependencies dependencies, @Nullable MembershipDay on) {
    if (on != null) {
      addAll(dependencies, Catalogue.MEMBERSHIPS);
      Catalogue.MEMBERSHIPS.shown().stream()
          .filter(property -> property != Catalogue.MEMBERSHIPS.name())
          .forEach(property -> dependencies.add(property(property)));
      if (on.assumed()) {
        dependencies.addDay(on.day());
      }
    }
    return dependencies;
  }

  private static void addPosition(Dependencies dependencies, ItemType<?> type) {
    type.property("latitude").ifPresent(latitude -> dependencies.add(property(latitude)));
    type.property("longitude").ifPresent(longitude -> dependencies.add(property(longitude)));
  }

  private static void add(Dependencies dependencies, Condition.AnyOf any) {
    PropertyKind kind = any.property().kind();
    if ((kind == PropertyKind.CODE || kind == PropertyKind.REFERENCE)
        && any.values().size() <= MOST_VALUES) {
      any.values().forEach(value -> dependencies.add(value(any.property(), (Code) value)));
    } else {
      dependencies.add(property(any.property()));
    }
  }

  /** Adds the tree of regions. */
  public static Dependencies addHierarchy(Dependencies dependencies) {
    return addAll(dependencies, Catalogue.REGIONS)
        .add(property(Catalogue.REGIONS.property("parent").orElseThrow()));
  }

  /** Adds what regions consist of: the tree of regions, and who is a member of which group. */
  public static Dependencies addComposition(Dependencies dependencies) {
    for (String name : List.of("parent", "kind", "validFrom", "validTo")) {
      addProperty(dependencies, Catalogue.REGIONS, name);
    }
    for (String name : List.of("group", "member", "validFrom", "validTo")) {
      addProperty(dependencies, Catalogue.MEMBERSHIPS, name);
    }
    return dependencies;
  }

  /** Adds the values of a property in all items of a type, and the set of items that exist. */
  public static Dependencies addProperty(Dependencies dependencies, ItemType<?> type, String name) {
    return addAll(dependencies, type).add(property(type.property(name).orElseThrow()));
  }

  private static void add(Dependencies dependencies, @Nullable Code list, ItemView item) {
    ItemType<?> type = item.type();
    add(dependencies, type, list, item.code());
    for (int i = 0; i < item.values().size(); i++) {
      Object value = item.values().get(i);
      if (value instanceof Reference reference) {
        Property property = type.property(item.members().get(i)).orElseThrow();
        add(dependencies, Catalogue.of(property.target()), list, reference.code());
      } else if (value instanceof ItemView expanded) {
        add(dependencies, null, expanded);
      } else if (value instanceof List<?> several) {
        several.forEach(one -> addOneOfSeveral(dependencies, one));
      }
    }
  }

  private static void addOneOfSeveral(Dependencies dependencies, Object one) {
    if (one instanceof ItemView child) {
      add(dependencies, null, child);
    } else if (one instanceof Part part) {
      add(dependencies, Catalogue.ORGANIZATIONS, null, part.organization().code());
    }
  }

  private static void add(
      Dependencies dependencies, ItemType<?> type, @Nullable Code list, String code) {
    dependencies.add(all(type)).add(item(type == Catalogue.CODES ? list : null, type, code));
  }

  private static String item(Address address) {
    return item(address.list(), address.type(), address.code().value());
  }

  private static String item(@Nullable Code list, ItemType<?> type, String code) {
    return type.collection() + '/' + (list == null ? code : list + "/" + code);
  }

  /** The name of the dependency on anything in a collection, which a load changes. */
  private static String all(ItemType<?> type) {
    return type.collection();
  }

  /** The name of the dependency on the set of items in a collection. */
  private static String which(ItemType<?> type) {
    return type.collection() + '?';
  }

  /** The name of the dependency on the set of items whose property has a value. */
  private static String value(Property property, Code value) {
    return property.toString() + '=' + value;
  }

  private static String property(Property property) {
    return property.toString();
  }
}
