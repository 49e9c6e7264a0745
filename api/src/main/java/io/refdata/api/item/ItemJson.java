package io.refdata.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.ItemView.Part;
import io.refdata.persistence.item.ItemView.Reference;
import io.refdata.persistence.json.DecimalText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes items in JSON: their properties in their order, with null for a missing value. */
final class ItemJson {
  private static final SerializedString CODE = new SerializedString("code");
  private static final SerializedString NAME = new SerializedString("name");

  /** The names of all members as bytes: there are only those of the catalogue. */
  private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

  private final JsonGenerator json;
  private final DecimalText numbers = new DecimalText();

  ItemJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes some members of an item. */
  void write(ItemView item, List<String> members) throws IOException {
    if (members.equals(item.members())) {
      write(item);
      return;
    }
    json.writeStartObject();
    for (String member : members) {
      json.writeFieldName(name(member));
      write(item.get(member));
    }
    json.writeEndObject();
  }

  private static SerializedString name(String member) {
    SerializedString known = NAMES.get(member);
    return known != null ? known : NAMES.computeIfAbsent(member, SerializedString::new);
  }

  private void write(ItemView item) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < item.values().size(); i++) {
      json.writeFieldName(name(item.members().get(i)));
      write(item.values().get(i));
    }
    json.writeEndObject();
  }

  private void write(@Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double number) {
      numbers.write(number, json);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Reference reference) {
      json.writeStartObject();
      json.writeFieldName(CODE);
      json.writeString(reference.code());
      json.writeFieldName(NAME);
      json.writeString(reference.name());
      json.writeEndObject();
    } else if (value instanceof ItemView item) {
      write(item);
    } else if (value instanceof List<?> several) {
      json.writeStartArray();
      for (Object one : several) {
        write(one);
      }
      json.writeEndArray();
    } else if (value instanceof Part part) {
      json.writeStartObject();
      json.writeFieldName("organization");
      write(part.organization());
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
