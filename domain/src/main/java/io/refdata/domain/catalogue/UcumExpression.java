package io.refdata.domain.catalogue;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a text is an expression of UCUM. */
@Constraint(validatedBy = UcumExpressionCheck.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface UcumExpression {
  String message() default "must be an expression of UCUM, case-sensitive, like MW.h or Mt";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
