package io.refdata.api.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.problem.Problem;
import io.refdata.reference.Item;
import io.refdata.reference.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the values that it is sorted by, of its last item, and a mark of the list it
 * belongs to, so that it cannot be used for another.
 */
final class Cursor {
  private static final JsonMapper JSON = new JsonMapper();

  private Cursor() {}

  static String of(String list, List<Property> key, Item last) {
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(mark(list));
    for (Property property : key) {
      Object value = property.of(last);
      parts.add(value instanceof Item item ? item.code().value() : text(value));
    }
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static List<@Nullable Object> parse(String list, List<Property> key, String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.US_ASCII));
      JsonNode parts = JSON.readTree(bytes);
      if (parts.isArray()
          && parts.size() == key.size() + 1
          && parts.get(0).asText().equals(mark(list))) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
          values.add(value(key.get(i), parts.get(i + 1)));
        }
        return values;
      }
    } catch (java.io.IOException | IllegalArgumentException e) {
      throw wrong();
    }
    throw wrong();
  }

  private static @Nullable Object value(Property property, JsonNode part) {
    if (part.isNull() && !property.required()) {
      return null;
    }
    Optional<Object> value = part.isTextual() ? property.parse(part.asText()) : Optional.empty();
    return value.orElseThrow(Cursor::wrong);
  }

  private static Problem wrong() {
    return Problem.parameter("after", "is no cursor of this list");
  }

  private static String mark(String list) {
    return Integer.toHexString(list.hashCode());
  }
}
