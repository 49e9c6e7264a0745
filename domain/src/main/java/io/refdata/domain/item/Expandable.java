package io.refdata.domain.item;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a client may ask for the whole item a property refers to in place of its code. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Expandable {
  /** By which name the items that refer to one so can be asked for with it; empty: they cannot. */
  String inverse() default "";
}
