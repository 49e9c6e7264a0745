package io.refdata.api.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which codings a client takes (RFC 9110, 12.5.3). What is none in the header is passed over. */
public final class AcceptEncoding {
  private AcceptEncoding() {}

  /**
   * Whether a coding is taken: as its own name says, else as {@code *} says.
   *
   * @param lines of the header
   */
  public static boolean takes(String coding, List<String> lines) {
    HeaderScanner field = new HeaderScanner(String.join(",", lines));
    Optional<Boolean> named = Optional.empty();
    boolean any = false;
    while (!field.isAtEnd()) {
      field.space();
      String name = field.token().toLowerCase(Locale.ROOT);
      Optional<Double> weight = Optional.of(1.0);
      if (field.pass(';')) {
        weight =
            field.token().equalsIgnoreCase("q") && field.pass('=')
                ? field.value().flatMap(HeaderScanner::weight)
                : Optional.empty();
      }
      field.element();
      field.pass(',');
      if (weight.isPresent() && name.equals(coding)) {
        named = Optional.of(named.orElse(false) || weight.get() > 0);
      } else if (weight.isPresent() && name.equals("*")) {
        any = weight.get() > 0;
      }
    }
    return named.orElse(any);
  }
}
