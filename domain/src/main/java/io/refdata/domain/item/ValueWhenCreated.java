package io.refdata.domain.item;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first value of a property in an item that a load creates from a code or a name alone. If an
 * item has a required property without such a value, a load cannot create it in this way.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ValueWhenCreated {
  String value();
}
