package io.refdata.domain.catalogue;

import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The collections of reference data. A new one is an entity, a migration and a line here. */
public final class Catalogue {
  public static final ItemType<Region> REGIONS = new ItemType<>("regions", Region.class);
  public static final ItemType<Organization> ORGANIZATIONS =
      new ItemType<>("organizations", Organization.class);
  public static final ItemType<Facility> FACILITIES = new ItemType<>("facilities", Facility.class);
  public static final ItemType<EmissionSource> EMISSION_SOURCES =
      new ItemType<>("emission-sources", EmissionSource.class);
  public static final ItemType<Instrument> INSTRUMENTS =
      new ItemType<>("instruments", Instrument.class);
  public static final ItemType<Indicator> INDICATORS =
      new ItemType<>("indicators", Indicator.class);
  public static final ItemType<Unit> UNITS = new ItemType<>("units", Unit.class);
  public static final ItemType<Provider> PROVIDERS = new ItemType<>("providers", Provider.class);
  public static final ItemType<Membership> MEMBERSHIPS =
      new ItemType<>("memberships", Membership.class);
  public static final ItemType<Conversion> CONVERSIONS =
      new ItemType<>("conversions", Conversion.class);
  public static final ItemType<CodeList> CODE_LISTS = new ItemType<>("code-lists", CodeList.class);

  /** The codes of all lists; clients see those of one list at a time. */
  public static final ItemType<ListedCode> CODES = new ItemType<>("codes", ListedCode.class);

  private static final List<ItemType<?>> ALL =
      List.of(
          REGIONS,
          ORGANIZATIONS,
          FACILITIES,
          EMISSION_SOURCES,
          INSTRUMENTS,
          INDICATORS,
          UNITS,
          PROVIDERS,
          MEMBERSHIPS,
          CONVERSIONS,
          CODE_LISTS,
          CODES);

  private static final Map<ItemType<?>, List<Children>> CHILDREN =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Catalogue::referring));

  private Catalogue() {}

  public static List<ItemType<?>> all() {
    return ALL;
  }

  /**
   * The collection of that name, as it stands in URLs; the codes of code lists have no such name.
   */
  public static Optional<ItemType<?>> named(String name) {
    return ALL.stream().filter(type -> type != CODES && type.collection().equals(name)).findFirst();
  }

  /** The collection whose items are of that entity. */
  public static ItemType<?> of(Class<? extends Item> entity) {
    return ALL.stream().filter(type -> type.entity() == entity).findFirst().orElseThrow();
  }

  /** The items of another type that a client can expand in the item they refer to. */
  public record Children(String name, ItemType<?> type, Property parent) {}

  /** The items that a client can expand in an item of a type. */
  public static List<Children> children(ItemType<?> type) {
    return CHILDREN.getOrDefault(type, List.of());
  }

  private static List<Children> referring(ItemType<?> type) {
    List<Children> children = new ArrayList<>();
    for (ItemType<?> other : ALL) {
      for (Property property : other.properties()) {
        if (property.inverse().isPresent() && property.target() == type.entity()) {
          children.add(new Children(property.inverse().get(), other, property));
        }
      }
    }
    return children;
  }
}
