package io.refdata.domain.item;

import io.refdata.domain.item.value.Code;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A collection of reference data: its name, the entity class and the table of its items, and their
 * properties, {@code code} and {@code name} first. The properties are declared only once, as the
 * entity's fields.
 */
public final class ItemType<E extends Item> {
  private final String collection;
  private final Class<E> entity;
  private final String table;
  private final Map<String, Property> properties = new LinkedHashMap<>();
  private final List<Property> shown;

  public ItemType(String collection, Class<E> entity) {
    this.collection = collection;
    this.entity = entity;
    Table mapped = entity.getAnnotation(Table.class);
    this.table = mapped.schema() + "." + mapped.name();
    addProperties(Item.class);
    addProperties(entity);
    this.shown = properties.values().stream().filter(property -> !property.inUrl()).toList();
  }

  private void addProperties(Class<?> declaring) {
    for (Field field : declaring.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())
          && !field.isAnnotationPresent(Id.class)
          && !field.isAnnotationPresent(Version.class)
          && !field.isAnnotationPresent(Transient.class)) {
        Property property = new Property(entity, field);
        properties.put(property.name(), property);
      }
    }
  }

  /** As it stands in URLs: {@code facilities}. */
  public String collection() {
    return collection;
  }

  public Class<E> entity() {
    return entity;
  }

  /** The table with its schema; the audit table has the same name with {@code _aud} appended. */
  public String table() {
    return table;
  }

  /** The property that identifies an item. */
  public Property code() {
    return property("code").orElseThrow();
  }

  /** The property by which people recognize an item. */
  public Property name() {
    return property("name").orElseThrow();
  }

  public List<Property> properties() {
    return List.copyOf(properties.values());
  }

  /** The properties that clients see in an item. */
  public List<Property> shown() {
    return shown;
  }

  /** The property of that name, if clients see it in an item. */
  public Optional<Property> shown(String property) {
    return property(property).filter(shown -> !shown.inUrl());
  }

  public Optional<Property> property(String property) {
    return Optional.ofNullable(properties.get(property));
  }

  /** The pairs of days of which the second must not be before the first. */
  public List<Period> periods() {
    return Arrays.stream(entity.getAnnotationsByType(Ordered.class))
        .map(
            pair ->
                new Period(property(pair.from()).orElseThrow(), property(pair.to()).orElseThrow()))
        .toList();
  }

  /**
   * The first and the last day of an item's life. Both properties are of the same kind: days, or
   * years or days.
   *
   * @param to is not before {@code from}
   */
  public record Period(Property from, Property to) {}

  /**
   * The required properties that an item lacks if only its code or name is given; empty if a code
   * or a name is enough to create one.
   */
  public List<Property> requiredToCreate() {
    return shown().stream()
        .filter(property -> property.required() && property.valueWhenCreated().isEmpty())
        .filter(property -> property != code() && property != name())
        .toList();
  }

  /** A new item of this type that has only its code. */
  public E create(Code identifier) {
    E item = blank();
    code().set(item, identifier);
    return item;
  }

  /** A new item of this type without any value, not even its code. */
  public E blank() {
    try {
      Constructor<E> constructor = entity.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(entity + " has no constructor for Hibernate", e);
    }
  }

  @Override
  public String toString() {
    return collection;
  }
}
