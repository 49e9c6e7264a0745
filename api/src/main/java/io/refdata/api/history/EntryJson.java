package io.refdata.api.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.persistence.history.Entry;
import io.refdata.persistence.history.PropertyChange;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an entry of a history or of the change feed in JSON; a reference is only a code. */
final class EntryJson {

  private EntryJson() {}

  static void ofHistory(Entry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    write(entry, json);
    json.writeEndObject();
  }

  static void ofFeed(Entry entry, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("collection", entry.collection());
    json.writeStringField("code", entry.code());
    write(entry, json);
    json.writeEndObject();
  }

  private static void write(Entry entry, JsonGenerator json) throws IOException {
    json.writeNumberField("revision", entry.revision());
    json.writeStringField("at", entry.at().toString());
    json.writeStringField("by", entry.by());
    json.writeStringField("reason", entry.reason());
    json.writeStringField("requestId", entry.requestId());
    json.writeFieldName("load");
    value(entry.load(), json);
    json.writeStringField("operation", entry.operation().name());
    json.writeArrayFieldStart("changes");
    for (PropertyChange change : entry.changes()) {
      json.writeStartObject();
      json.writeStringField("property", change.property());
      json.writeFieldName("from");
      value(change.from(), json);
      json.writeFieldName("to");
      value(change.to(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(@Nullable Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object one : list) {
        value(one, json);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> members) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        json.writeFieldName(String.valueOf(member.getKey()));
        value(member.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof JsonNode tree) {
      Json.MAPPER.writeTree(json, tree);
    } else {
      json.writeString(value.toString());
    }
  }
}
