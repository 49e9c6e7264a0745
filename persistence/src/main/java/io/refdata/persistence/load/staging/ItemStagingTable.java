package io.refdata.persistence.load.staging;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a load of items has staged: a row for each item, a column for each property that its layout
 * has. References stand there by the code of what they refer to.
 *
 * @param into where they go
 * @param properties those that are staged, the code among them
 * @param constants those of them that have the same value in each row
 * @param schemes of which identifiers the file tells, all others stay; empty if it tells of all
 */
public record ItemStagingTable(
    ItemSet into, List<Property> properties, Set<Property> constants, Set<String> schemes) {
  public ItemStagingTable {
    properties = List.copyOf(properties);
    constants = Set.copyOf(constants);
    schemes = Set.copyOf(schemes);
  }

  public ItemType<?> type() {
    return into.type();
  }

  public boolean has(Property property) {
    return properties.contains(property);
  }

  /**
   * Whether a property refers to items of the same collection. What it refers to may stand further
   * down in the file, so beside its column there is one for what the file says, {@link #text}.
   */
  public static boolean isWithin(ItemType<?> type, Property property) {
    return property.kind() == Property.Kind.REFERENCE && property.target() == type.entity();
  }

  /** The staged references to items of the same collection. */
  public List<Property> references() {
    return properties.stream().filter(property -> isWithin(type(), property)).toList();
  }

  /** The column that holds what the file says of a reference to the same collection. */
  public static String text(Property property) {
    return property.column() + "_text";
  }

  /** The columns of the staged rows, the line's number first. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("line"));
    for (Property property : properties) {
      columns.add(property.column());
      if (isWithin(type(), property)) {
        columns.add(text(property));
      }
    }
    return columns;
  }

  /** What is true of items of the set only; codes are what SQL can quote. */
  public String within(String alias) {
    return into.list() == null ? "true" : alias + ".list_id = " + listId();
  }

  /** The id of the code list, of its codes. */
  public String listId() {
    return "(select id from %s where code = '%s')"
        .formatted(Catalogue.CODE_LISTS.table(), into.list());
  }
}
