package io.refdata.domain.item;

import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.ListCode;
import io.refdata.domain.text.SnakeCase;
import jakarta.persistence.JoinColumn;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/**
 * A property of an item as clients and SQL see it: its name, its column, its kind of value, and
 * whether an item must have it. All of this is read from the entity's field. Code that treats items
 * of all types alike (lists, loads, histories) works on properties.
 */
public final class Property {
  private final Field field;
  private final Method accessor;
  private final String name;
  private final String column;
  private final PropertyKind kind;
  private final boolean inUrl;
  private final boolean required;
  private final boolean expandable;
  private final Optional<String> inverse;

  Property(Class<?> owner, Field field) {
    this.field = field;
    PropertyName named = field.getAnnotation(PropertyName.class);
    this.name = named == null ? field.getName() : named.value();
    this.kind = PropertyKind.of(field.getType());
    JoinColumn join = field.getAnnotation(JoinColumn.class);
    this.column =
        join != null
            ? join.name()
            : SnakeCase.lower(field.getName()) + (kind == PropertyKind.REFERENCE ? "_id" : "");
    this.inUrl = kind == PropertyKind.REFERENCE && field.isAnnotationPresent(NaturalId.class);
    this.required =
        field.isAnnotationPresent(NotNull.class) || field.isAnnotationPresent(NotBlank.class);
    Expandable annotation = field.getAnnotation(Expandable.class);
    this.expandable = annotation != null;
    this.inverse =
        Optional.ofNullable(annotation).map(Expandable::inverse).filter(other -> !other.isEmpty());
    field.setAccessible(true);
    try {
      this.accessor = owner.getMethod(field.getName());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(owner + " lacks the accessor " + field.getName() + "()", e);
    }
  }

  /** Its name in JSON, in CSV and in filters. */
  public String name() {
    return name;
  }

  /**
   * The name of the entity's field; the same as its name, unless the field could not have that
   * name.
   */
  public String field() {
    return field.getName();
  }

  /** Its column, in the table and in the audit table. */
  public String column() {
    return column;
  }

  public PropertyKind kind() {
    return kind;
  }

  /**
   * True if it stands in the item's URL, as a code's list does; then it is not shown in the item.
   */
  public boolean inUrl() {
    return inUrl;
  }

  /** True if an item must have it. */
  public boolean required() {
    return required;
  }

  /**
   * Its value in an item that a load creates from a code or a name alone; empty if it has none
   * then.
   */
  public Optional<String> valueWhenCreated() {
    return Optional.ofNullable(field.getAnnotation(ValueWhenCreated.class))
        .map(ValueWhenCreated::value);
  }

  /** The code lists its values are from; none if they are not codes of a list. */
  public List<Code> lists() {
    ListCode listed = field.getAnnotation(ListCode.class);
    return listed == null ? List.of() : Arrays.stream(listed.value()).map(Code::new).toList();
  }

  /** True if its values are codes of a code list. */
  public boolean isListed() {
    return field.isAnnotationPresent(ListCode.class);
  }

  /** True if its values name items of a type: one item, or several. */
  public boolean refersTo(ItemType<?> type) {
    return isReference() && target() == type.entity();
  }

  /** True if its values name items: one item, or several. */
  public boolean isReference() {
    return kind == PropertyKind.REFERENCE || kind == PropertyKind.OWNERS;
  }

  /**
   * The entity it refers to; of {@link PropertyKind#REFERENCE} and {@link PropertyKind#OWNERS}
   * only.
   */
  public Class<? extends Item> target() {
    RefersTo refers = field.getAnnotation(RefersTo.class);
    return refers == null ? field.getType().asSubclass(Item.class) : refers.value();
  }

  /** Whether a client may ask for the whole item it refers to. */
  public boolean expandable() {
    return expandable;
  }

  /**
   * The name under which a client can expand, in an item, the items that refer to it by this
   * property; empty if it cannot.
   */
  public Optional<String> inverse() {
    return inverse;
  }

  /** The value that a text stands for; empty if there is none. */
  public Optional<Object> parse(String text) {
    return kind.parse(text);
  }

  /** A description of the form of its values, for users who sent something else. */
  public String expectation() {
    return kind.expectation();
  }

  /** Its value in an item or a proxy of one, null where the item has none. */
  public @Nullable Object of(Item item) {
    try {
      return accessor.invoke(item);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + this, e);
    }
  }

  /**
   * Sets its value in an item that is not a proxy. The caller has checked that the value is of its
   * kind; the rules for the item as a whole are validated before the item is stored.
   */
  public void set(Item item, @Nullable Object value) {
    try {
      field.set(item, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Cannot write " + this, e);
    }
  }

  @Override
  public String toString() {
    return field.getDeclaringClass().getSimpleName() + "." + name;
  }
}
