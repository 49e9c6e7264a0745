package io.refdata.api.observation;

import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pattern of series keys in a request. It has a part for each dimension, separated by dots. A
 * part is a list of codes, separated by commas; {@code *} or an empty part matches any code. {@code
 * FRA,DEU.*} matches every series of France and of Germany.
 */
public final class KeyPattern {
  private KeyPattern() {}

  /**
   * Parses a pattern to a list of codes for each dimension. An empty list matches any code.
   *
   * @throws IllegalArgumentException if the text is not a pattern for these dimensions; the message
   *     says why
   */
  public static List<List<Code>> parse(String text, List<Dimension> dimensions) {
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
   * Parses codes that are separated by commas.
   *
   * @throws IllegalArgumentException if one of them is not a code
   */
  static List<Code> codes(String text) {
    return Arrays.stream(text.split(",", -1)).map(Code::new).toList();
  }
}
