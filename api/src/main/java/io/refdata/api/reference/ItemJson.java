package io.refdata.api.reference;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.reference.Item;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import java.io.IOException;

/** An item in JSON: its properties in their order, null where it has none. */
final class ItemJson {
  private ItemJson() {}

  static void write(ItemType<?> type, Item item, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Property property : type.properties()) {
      if (!hidden(property)) {
        json.writeFieldName(property.name());
        write(property.of(item), json);
      }
    }
    json.writeEndObject();
  }

  /** The list that a code is in stands in its URL. */
  static boolean hidden(Property property) {
    return property.toString().equals("ListedCode.list");
  }

  private static void write(@org.jspecify.annotations.Nullable Object value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Item referred) {
      json.writeStartObject();
      json.writeStringField("code", referred.code().value());
      json.writeStringField("name", referred.name());
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }
}
