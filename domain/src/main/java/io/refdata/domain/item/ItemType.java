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
 * A collection of reference data: what it is called, which entity its items are, which table keeps
 * them, and the properties they have, {@code code} and {@code name} first. The entity's fields are
 * the only declaration.
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

  /** The table with its schema; its audit table is called the same with {@code _aud} behind. */
  public String table() {
    return table;
  }

  /** The property that identifies an item. */
  public Property code() {
    return property("code").orElseThrow();
  }

  /** The property that people know an item by. */
  public Property name() {
    return property("name").orElseThrow();
  }

  public List<Property> properties() {
    return List.copyOf(properties.values());
  }

  /** Those that clients see in an item. */
  public List<Property> shown() {
    return shown;
  }

  /** One that clients see in an item. */
  public Optional<Property> shown(String property) {
    return property(property).filter(shown -> !shown.inUrl());
  }

  public Optional<Property> property(String property) {
    return Optional.ofNullable(properties.get(property));
  }

  /** The pairs of days of which the one must not come before the other. */
  public List<Period> periods() {
    return Arrays.stream(entity.getAnnotationsByType(Ordered.class))
        .map(
            pair ->
                new Period(property(pair.from()).orElseThrow(), property(pair.to()).orElseThrow()))
        .toList();
  }

  /**
   * Two days that an item is between, both of one kind: days, or days and years.
   *
   * @param to does not come before {@code from}
   */
  public record Period(Property from, Property to) {}

  /** What keeps an item from being made from a code or a name alone; nothing, if it can be. */
  public List<Property> neededToMake() {
    return shown().stream()
        .filter(property -> property.required() && property.madeAs().isEmpty())
        .filter(property -> property != code() && property != name())
        .toList();
  }

  /** Another item of this type, with nothing in it but its code. */
  public E create(Code identifier) {
    E item = unknown();
    code().set(item, identifier);
    return item;
  }

  /** An item of this type of which not even the code is known yet. */
  public E unknown() {
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
