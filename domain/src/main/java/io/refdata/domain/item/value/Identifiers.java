package io.refdata.domain.item.value;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An item's identifiers in other registries: one for each scheme ({@code ISIN}, {@code FIGI},
 * {@code MIC}). As text they are {@code ISIN:FR0000133308;MIC:XPAR}, sorted by scheme in code-point
 * order.
 *
 * @param values the identifiers by scheme; at least one
 */
public record Identifiers(SortedMap<String, String> values) implements Serializable {
  private static final Pattern VALUE = Pattern.compile("[^;,\\p{Cntrl}]{1,100}");
  private static final Pattern ISIN = Pattern.compile("[A-Z]{2}[A-Z0-9]{9}[0-9]");
  private static final Pattern FIGI = Pattern.compile("[A-Z]{2}G[A-Z0-9]{8}[0-9]");
  private static final Pattern MIC = Pattern.compile("[A-Z0-9]{4}");

  /**
   * @throws IllegalArgumentException if there is no identifier, or one does not have the form of
   *     its scheme
   */
  public Identifiers {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("there is no identifier");
    }
    values.forEach(
        (scheme, value) ->
            fault(scheme, value)
                .ifPresent(
                    fault -> {
                      throw new IllegalArgumentException(scheme + " " + fault);
                    }));
    values = new TreeMap<>(values);
  }

  public static Identifiers of(Map<String, String> values) {
    return new Identifiers(new TreeMap<>(values));
  }

  /** The identifiers in a text; empty if the text does not have their form. */
  public static Optional<Identifiers> parse(String text) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String entry : text.split(";", -1)) {
      int colon = entry.indexOf(':');
      if (colon < 0 || values.put(entry.substring(0, colon), entry.substring(colon + 1)) != null) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(new Identifiers(values));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A description of the fault in an identifier of a scheme; empty if it is valid. */
  public static Optional<String> fault(String scheme, String value) {
    if (Code.parse(scheme).isEmpty()) {
      return Optional.of("is no name of a scheme: 1 to 64 letters, digits and _ @ $ -");
    } else if (!VALUE.matcher(value).matches()) {
      return Optional.of("must be 1 to 100 characters without comma, semicolon and line end");
    }
    return switch (scheme) {
      case "ISIN" ->
          unless(
              ISIN.matcher(value).matches() && luhn(digits(value)),
              "must be two letters, nine letters or digits, and the check digit they make");
      case "FIGI" ->
          unless(
              FIGI.matcher(value).matches(),
              "must be two letters, G, eight letters or digits and a digit");
      case "MIC" -> unless(MIC.matcher(value).matches(), "must be four capital letters or digits");
      default -> Optional.empty();
    };
  }

  private static Optional<String> unless(boolean right, String fault) {
    return right ? Optional.empty() : Optional.of(fault);
  }

  /** The digits of a text in which each letter counts as its two-digit number; A is 10. */
  private static List<Integer> digits(String text) {
    List<Integer> digits = new ArrayList<>();
    for (char c : text.toCharArray()) {
      int number = Character.getNumericValue(c);
      if (number > 9) {
        digits.add(number / 10);
      }
      digits.add(number % 10);
    }
    return digits;
  }

  /**
   * ISO 6166's check: from the right, every second digit is doubled, and the digits of the result
   * are added.
   */
  private static boolean luhn(List<Integer> digits) {
    int sum = 0;
    for (int i = 0; i < digits.size(); i++) {
      int digit = digits.get(digits.size() - 1 - i);
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10 == 0;
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(";"));
  }
}
