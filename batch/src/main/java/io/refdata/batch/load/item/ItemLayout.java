package io.refdata.batch.load.item;

import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Property;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.load.staging.ItemStagingTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A layout for the items of a collection or a code list: the source of each property. */
public final class ItemLayout {
  private final ItemSet set;
  private final LayoutDefinition definition;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A property and its source, or one key of a property that is a map and its source.
   *
   * @param scheme the key, for identifiers that are read one by one; otherwise null
   */
  record Part(Property property, @Nullable String scheme, Source source) {}

  public ItemLayout(ItemSet set, LayoutDefinition definition) {
    this.set = set;
    this.definition = definition;
    Map<String, Source> sources = definition.propertySources();
    for (Property property : set.type().shown()) {
      Source propertySource = sources.get(property.name());
      if (propertySource != null) {
        parts.add(new Part(property, null, propertySource));
        continue;
      }
      String prefix = property.name() + ".";
      sources.forEach(
          (name, source) -> {
            if (name.startsWith(prefix)) {
              parts.add(new Part(property, name.substring(prefix.length()), source));
            }
          });
    }
  }

  ItemSet set() {
    return set;
  }

  public LayoutDefinition definition() {
    return definition;
  }

  /** The parts in the order of the properties, the code first. */
  List<Part> parts() {
    return parts;
  }

  /** The columns of the file that are read. */
  public Set<String> columns() {
    return SourceFile.named(parts.stream().map(Part::source).toList());
  }

  public ItemStagingTable staged() {
    Set<Property> properties = new LinkedHashSet<>();
    Set<Property> constants = new HashSet<>();
    Set<String> schemes = new HashSet<>();
    Map<Property, Property> matched = new HashMap<>();
    for (Part part : parts) {
      properties.add(part.property());
      String match = part.source().match();
      if (match != null && ItemStagingTable.isWithin(set.type(), part.property())) {
        matched.put(part.property(), set.type().shown(match).orElseThrow());
      }
      if (part.scheme() != null) {
        schemes.add(part.scheme());
      } else if (part.source().constant() != null) {
        constants.add(part.property());
      }
    }
    return new ItemStagingTable(set, List.copyOf(properties), constants, schemes, matched);
  }
}
