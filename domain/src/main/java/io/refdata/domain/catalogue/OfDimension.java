package io.refdata.domain.catalogue;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that the expression of a unit measures what its dimension says. */
@Constraint(validatedBy = OfDimensionCheck.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OfDimension {
  String message() default "is not what the ucum measures";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
