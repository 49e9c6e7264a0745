package io.refdata.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Part;
import io.refdata.persistence.item.ItemView.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an item in JSON: its properties in their order, with null for a missing value. */
final class ItemJson {
  private ItemJson() {}

  /** Writes some members of an item. */
  static void write(ItemView item, List<String> members, JsonGenerator json) throws IOException {
    if (members.equals(item.members())) {
      write(item, json);
      return;
    }
    json.writeStartObject();
    for (String member : members) {
      json.writeFieldName(member);
      write(item.get(member), json);
    }
    json.writeEndObject();
  }

  private static void write(ItemView item, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < item.values().size(); i++) {
      json.writeFieldName(item.members().get(i));
      write(item.values().get(i), json);
    }
    json.writeEndObject();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Reference reference) {
      json.writeStartObject();
      json.writeStringField("code", reference.code());
      json.writeStringField("name", reference.name());
      json.writeEndObject();
    } else if (value instanceof ItemView item) {
      write(item, json);
    } else if (value instanceof List<?> several) {
      json.writeStartArray();
      for (Object one : several) {
        write(one, json);
      }
      json.writeEndArray();
    } else if (value instanceof Part part) {
      json.writeStartObject();
      json.writeFieldName("organization");
      write(part.organization(), json);
      json.writeNumberField("share", part.share());
      json.writeEndObject();
    } else if (value instanceof Identifiers identifiers) {
      json.writeStartObject();
      for (Map.Entry<String, String> identifier : identifiers.values().entrySet()) {
        json.writeStringField(identifier.getKey(), identifier.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }
}
