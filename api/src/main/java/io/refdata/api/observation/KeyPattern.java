package io.refdata.api.observation;

import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pattern of series keys as clients write it: for each dimension, divided by dots, the codes that
 * may stand there, divided by commas; {@code *} or nothing is any. {@code FRA,DEU.*} is every
 * series of France and of Germany.
 */
final class KeyPattern {
  private KeyPattern() {}

  /**
   * For each dimension the codes that may stand there, none for any.
   *
   * @throws IllegalArgumentException if the text is no pattern of keys of these dimensions; the
   *     message says why
   */
  static List<List<Code>> parse(String text, List<Dimension> dimensions) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != dimensions.size()) {
      throw new IllegalArgumentException(
          "'%s' has %d parts, not the %d of %s"
              .formatted(
                  text,
                  parts.length,
                  dimensions.size(),
                  dimensions.stream()
                      .map(dimension -> dimension.code().value())
                      .collect(Collectors.joining("."))));
    }
    List<List<Code>> pattern = new ArrayList<>();
    for (String part : parts) {
      List<String> alternatives = Arrays.asList(part.split(",", -1));
      boolean any = part.isEmpty() || alternatives.contains("*");
      pattern.add(any ? List.of() : codes(part));
    }
    return pattern;
  }

  /**
   * Codes divided by commas.
   *
   * @throws IllegalArgumentException if one of them is no code
   */
  static List<Code> codes(String text) {
    return Arrays.stream(text.split(",", -1)).map(Code::new).toList();
  }
}
