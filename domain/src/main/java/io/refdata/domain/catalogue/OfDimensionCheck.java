package io.refdata.domain.catalogue;

import io.refdata.domain.unit.Quantity;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

/** Checks {@link OfDimension}. */
public class OfDimensionCheck implements ConstraintValidator<OfDimension, Unit> {
  @Override
  public boolean isValid(Unit unit, ConstraintValidatorContext context) {
    String ucum = unit.ucum();
    String dimension = unit.dimension();
    if (ucum == null || dimension == null || !Quantity.contradicts(dimension, ucum)) {
      return true;
    }
    context.disableDefaultConstraintViolation();
    context
        .buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
        .addPropertyNode("dimension")
        .addConstraintViolation();
    return false;
  }
}
