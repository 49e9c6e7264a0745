package io.refdata.domain.catalogue;

import io.refdata.domain.unit.Ucum;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Checks {@link UcumExpression}. */
public class UcumExpressionCheck implements ConstraintValidator<UcumExpression, String> {
  @Override
  public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
    return text == null || Ucum.parse(text).isPresent();
  }
}
