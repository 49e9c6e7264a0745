package io.refdata.domain.item;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an item has of a property at first that a load makes, knowing its code or its name only.
 * Required properties without this are what cannot be made so.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ValueWhenCreated {
  String value();
}
