package io.refdata.persistence.load.staging;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The staging table of a load of items: a row for each item, a column for each property that the
 * layout has. A reference is stored as the code of the item referred to.
 *
 * @param into the target
 * @param properties the staged properties, including the code
 * @param constants the properties that have the same value in each row
 * @param schemes the schemes of identifiers that the file has, all others stay; empty if the file
 *     has complete lists of identifiers
 * @param matched the properties by which references to items of the same collection are found, by
 *     the reference; a reference that is not there is found by code
 */
public record ItemStagingTable(
    ItemSet into,
    List<Property> properties,
    Set<Property> constants,
    Set<String> schemes,
    Map<Property, Property> matched) {
  public ItemStagingTable {
    matched = Map.copyOf(matched);
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
   * True if a property refers to items of the same collection. That item may stand further down in
   * the file, so there is a second column for the text in the file, {@link #text}.
   */
  public static boolean isWithin(ItemType<?> type, Property property) {
    return property.kind() == PropertyKind.REFERENCE && property.refersTo(type);
  }

  /** The staged references to items of the same collection. */
  public List<Property> references() {
    return properties.stream().filter(property -> isWithin(type(), property)).toList();
  }

  /** The column with the file's text of a reference to the same collection. */
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

  /**
   * A condition that is true only for items of the set. Codes can stand in SQL without escaping.
   */
  public String within(String alias) {
    return into.list() == null ? "true" : alias + ".list_id = " + listId();
  }

  /** SQL for the id of the code list, if the items are codes. */
  public String listId() {
    return "(select id from %s where code = '%s')"
        .formatted(Catalogue.CODE_LISTS.table(), into.list());
  }
}
