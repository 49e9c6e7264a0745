package io.refdata.domain.catalogue;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.math.BigInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks {@link Lei}: with letters as numbers, A as 10, it leaves 1 when divided by 97. */
public class LeiCheck implements ConstraintValidator<Lei, String> {
  private static final Pattern FORM = Pattern.compile("[A-Z0-9]{18}[0-9]{2}");
  private static final BigInteger DIVISOR = BigInteger.valueOf(97);

  @Override
  public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
    return text == null || (FORM.matcher(text).matches() && remainder(text) == 1);
  }

  private static int remainder(String text) {
    String number =
        text.chars()
            .mapToObj(c -> Integer.toString(Character.getNumericValue(c)))
            .collect(Collectors.joining());
    return new BigInteger(number).mod(DIVISOR).intValue();
  }
}
