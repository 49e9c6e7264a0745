package io.refdata.domain.item;

import io.refdata.domain.item.value.YearOrDay;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@link Ordered}. A year is in order with any of its days, and a missing day with any day.
 */
public class OrderedDays implements ConstraintValidator<Ordered, Item> {
  private String from = "";
  private String to = "";

  @Override
  public void initialize(Ordered pair) {
    from = pair.from();
    to = pair.to();
  }

  @Override
  public boolean isValid(Item item, ConstraintValidatorContext context) {
    Object first = value(item, from);
    Object last = value(item, to);
    if (first == null || last == null || !after(first, last)) {
      return true;
    }
    context.disableDefaultConstraintViolation();
    context
        .buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
        .addPropertyNode(to)
        .addConstraintViolation();
    return false;
  }

  private static @Nullable Object value(Item item, String accessor) {
    try {
      return item.getClass().getMethod(accessor).invoke(item);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(item.getClass() + " lacks " + accessor + "()", e);
    }
  }

  private static boolean after(Object first, Object last) {
    if (first instanceof YearOrDay one && last instanceof YearOrDay other) {
      return one.isYear() || other.isYear()
          ? one.year().isAfter(other.year())
          : one.compareTo(other) > 0;
    }
    return ((LocalDate) first).isAfter((LocalDate) last);
  }
}
