package io.refdata.api.reference;

import io.refdata.api.request.PageCursor;
import io.refdata.reference.Item;
import io.refdata.reference.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cursor of a list of items: the values that it is sorted by, of the page's last item. */
final class Cursor {
  private Cursor() {}

  static String of(String list, List<Property> key, Item last) {
    List<@Nullable String> parts = new ArrayList<>();
    for (Property property : key) {
      Object value = property.of(last);
      parts.add(value instanceof Item item ? item.code().value() : text(value));
    }
    return PageCursor.of(list, parts);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static List<@Nullable Object> parse(String list, List<Property> key, String cursor) {
    List<@Nullable String> parts = PageCursor.parse(list, key.size(), cursor);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(value(key.get(i), parts.get(i)));
    }
    return values;
  }

  private static @Nullable Object value(Property property, @Nullable String part) {
    if (part == null && !property.required()) {
      return null;
    }
    Optional<Object> value = part == null ? Optional.empty() : property.parse(part);
    return value.orElseThrow(PageCursor::wrong);
  }
}
