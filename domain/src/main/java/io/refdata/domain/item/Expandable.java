package io.refdata.domain.item;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a client may expand a property: get the whole item it refers to, instead of a
 * reference.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Expandable {
  /**
   * The name under which a client can expand, in an item, all items that refer to it by this
   * property; empty if it cannot.
   */
  String inverse() default "";
}
