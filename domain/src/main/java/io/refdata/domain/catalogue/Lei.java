package io.refdata.domain.catalogue;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a text is a legal entity identifier, ISO 17442, with correct check digits. */
@Constraint(validatedBy = LeiCheck.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Lei {
  String message() default
      "must be 18 capital letters or digits and the two check digits they make";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
