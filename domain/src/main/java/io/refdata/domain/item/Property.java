package io.refdata.domain.item;

import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.ListCode;
import io.refdata.domain.item.value.Owners;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.domain.text.SnakeCase;
import io.refdata.domain.text.WholeNumber;
import jakarta.persistence.JoinColumn;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/**
 * A property of an item as clients and SQL see it: its name, its column, its kind of value, and
 * whether an item must have it. All of this is read from the entity's field. Code that treats items
 * of all types alike (lists, loads, histories) works on properties.
 */
public final class Property {
  /** The kind of a property's values. */
  public enum Kind {
    TEXT,
    CODE,
    NUMBER,
    INTEGER,
    DAY,
    YEAR_OR_DAY,
    REFERENCE,
    IDENTIFIERS,
    OWNERS
  }

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?+\\d++)?+");

  private final Field field;
  private final Method accessor;
  private final String name;
  private final String column;
  private final Kind kind;
  private final boolean inUrl;
  private final boolean required;
  private final boolean expandable;
  private final Optional<String> inverse;

  Property(Class<?> owner, Field field) {
    this.field = field;
    PropertyName named = field.getAnnotation(PropertyName.class);
    this.name = named == null ? field.getName() : named.value();
    this.kind = kindOf(field.getType());
    JoinColumn join = field.getAnnotation(JoinColumn.class);
    this.column =
        join != null
            ? join.name()
            : SnakeCase.lower(field.getName()) + (kind == Kind.REFERENCE ? "_id" : "");
    this.inUrl = kind == Kind.REFERENCE && field.isAnnotationPresent(NaturalId.class);
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

  private static Kind kindOf(Class<?> type) {
    if (type == String.class) {
      return Kind.TEXT;
    } else if (type == Code.class) {
      return Kind.CODE;
    } else if (type == Double.class) {
      return Kind.NUMBER;
    } else if (type == Integer.class) {
      return Kind.INTEGER;
    } else if (type == LocalDate.class) {
      return Kind.DAY;
    } else if (type == YearOrDay.class) {
      return Kind.YEAR_OR_DAY;
    } else if (type == Identifiers.class) {
      return Kind.IDENTIFIERS;
    } else if (type == Owners.class) {
      return Kind.OWNERS;
    } else if (Item.class.isAssignableFrom(type)) {
      return Kind.REFERENCE;
    }
    throw new IllegalStateException("No property can be a " + type);
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

  public Kind kind() {
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

  /** The code list its values are from, if they are codes of one. */
  public Optional<Code> list() {
    return Optional.ofNullable(field.getAnnotation(ListCode.class))
        .map(list -> new Code(list.value()));
  }

  /** The entity it refers to; of {@link Kind#REFERENCE} and {@link Kind#OWNERS} only. */
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

  /**
   * The value that a text stands for. For a {@link Kind#REFERENCE} it is the code of the item
   * referred to; a whole number or a year may also be written {@code 2012.0}. Empty if the text
   * does not stand for a value.
   */
  public Optional<Object> parse(String text) {
    return switch (kind) {
      case TEXT -> Optional.of((Object) text).filter(any -> text.indexOf(0) < 0);
      case CODE, REFERENCE -> Code.parse(text).map(code -> code);
      case NUMBER -> number(text).map(number -> number);
      case INTEGER -> number(text).filter(n -> n == n.intValue()).map(Double::intValue);
      case DAY -> YearOrDay.parse(text).filter(day -> !day.isYear()).map(YearOrDay::day);
      case YEAR_OR_DAY -> YearOrDay.parse(WholeNumber.plain(text)).map(day -> day);
      case IDENTIFIERS -> Identifiers.parse(text).map(identifiers -> identifiers);
      case OWNERS -> Owners.parse(text).map(owners -> owners);
    };
  }

  private static Optional<Double> number(String text) {
    try {
      return NUMBER.matcher(text).matches()
          ? Optional.of(Double.valueOf(text)).filter(Double::isFinite)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A description of the form of its values, for users who sent something else. */
  public String expectation() {
    return switch (kind) {
      case TEXT -> "a text, without NUL";
      case CODE, REFERENCE -> "a code: 1 to 64 letters, digits and _ @ $ -";
      case NUMBER -> "a number like 12.5";
      case INTEGER -> "a whole number";
      case DAY -> "a day like 2012-05-01";
      case YEAR_OR_DAY -> "a day like 2012-05-01 or a year like 2012";
      case IDENTIFIERS ->
          "identifiers by scheme like ISIN:FR0000133308;MIC:XPAR, each as its scheme has it";
      case OWNERS -> "codes and shares like EDF:0.6;RWE:0.4, together at most 1";
    };
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
