package io.refdata.domain.item;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that one day of an item is not before another. */
@Constraint(validatedBy = OrderedDays.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Ordered.All.class)
public @interface Ordered {
  /** The property that comes first. */
  String from();

  /** The property that must not come before it. */
  String to();

  String message() default "must not be before {from}";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Several pairs of days. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    Ordered[] value();
  }
}
