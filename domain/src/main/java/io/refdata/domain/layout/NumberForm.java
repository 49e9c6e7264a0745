package io.refdata.domain.layout;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form in which numbers are written, besides their decimal sign.
 *
 * @param thousands the sign between groups of three digits; null for that of the layout
 * @param scale the factor; null for 1
 * @param scaleColumn the column with the power of ten that each line is multiplied with
 * @param percent true: numbers end with {@code %} and are divided by 100
 * @param parentheses true: {@code (12.5)} is -12.5
 * @param suffix the text that may follow a number
 * @param flags the statuses by the letters that may follow a value
 */
public record NumberForm(
    @Nullable String thousands,
    @Nullable BigDecimal scale,
    @Nullable String scaleColumn,
    boolean percent,
    boolean parentheses,
    @Nullable String suffix,
    @Nullable Map<String, String> flags) {

  /** Digits, a sign, a decimal sign, an exponent. */
  public static final NumberForm PLAIN = new NumberForm(null, null, null, false, false, null, null);

  /** The statuses by the letters that may follow a value; empty if there are none. */
  public Map<String, String> statusByFlag() {
    return flags == null ? Map.of() : flags;
  }
}
