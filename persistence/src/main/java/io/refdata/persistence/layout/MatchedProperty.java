package io.refdata.persistence.layout;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.text.Digits;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A property by which items are found, as the {@code match} of a source names it: {@code alpha2},
 * or one of the identifiers, {@code identifiers.ISIN}.
 *
 * @param scheme the one of the identifiers; null for a property as a whole
 */
public record MatchedProperty(Property property, @Nullable String scheme) {
  /**
   * @param match a property that has no {@link #fault}
   */
  public static MatchedProperty of(ItemType<?> type, String match) {
    int dot = match.indexOf('.');
    return new MatchedProperty(
        type.shown(dot < 0 ? match : match.substring(0, dot)).orElseThrow(),
        dot < 0 ? null : match.substring(dot + 1));
  }

  /**
   * The text by which an item is found.
   *
   * @param stored the property as it is stored
   */
  public Optional<String> keyOf(String stored) {
    return (scheme == null
            ? Optional.of(stored)
            : Identifiers.parse(stored).map(identifiers -> identifiers.values().get(scheme)))
        .map(MatchedProperty::key);
  }

  /** A text without the zeros before its digits, if it is all digits: lists write 4 and 004. */
  public static String key(String text) {
    if (!Digits.are(text, text.length())) {
      return text;
    }
    int zeros = 0;
    while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
      zeros++;
    }
    return text.substring(zeros);
  }

  /** The fault of a {@code match}; empty if items of this type are found by it. */
  static Optional<String> fault(ItemType<?> type, String match) {
    int dot = match.indexOf('.');
    Optional<Property> property = type.shown(dot < 0 ? match : match.substring(0, dot));
    boolean found =
        dot < 0
            ? property.filter(MatchedProperty::single).isPresent()
            : property.filter(map -> map.kind() == PropertyKind.IDENTIFIERS).isPresent()
                && Code.parse(match.substring(dot + 1)).isPresent();
    return found
        ? Optional.empty()
        : Optional.of(
            "must be one of "
                + type.shown().stream()
                    .filter(shown -> single(shown) || shown.kind() == PropertyKind.IDENTIFIERS)
                    .map(
                        shown ->
                            shown.kind() == PropertyKind.IDENTIFIERS
                                ? shown.name() + ".<scheme>"
                                : shown.name())
                    .collect(Collectors.joining(", ")));
  }

  private static boolean single(Property property) {
    return property.kind() == PropertyKind.TEXT
        || property.kind() == PropertyKind.CODE && !property.isListed()
        || property.kind() == PropertyKind.INTEGER;
  }
}
