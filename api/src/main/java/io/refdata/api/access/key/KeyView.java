package io.refdata.api.access.key;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.access.Role;
import io.refdata.persistence.access.ApiKey;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a key in JSON. */
final class KeyView {
  private KeyView() {}

  /** Writes the properties of a key; its text is nowhere. */
  static void write(ApiKey key, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(key, json);
    json.writeEndObject();
  }

  /** A new key with its text: the only time that it is shown. */
  static void writeWithText(ApiKey key, String text, JsonGenerator json) throws IOException {
    json.writeStartObject();
    members(key, json);
    json.writeStringField("key", text);
    json.writeEndObject();
  }

  private static void members(ApiKey key, JsonGenerator json) throws IOException {
    json.writeStringField("name", key.name());
    json.writeStringField("prefix", key.prefix());
    json.writeArrayFieldStart("roles");
    for (String role : Role.words(key.roles())) {
      json.writeString(role);
    }
    json.writeEndArray();
    json.writeStringField("createdAt", text(key.createdAt()));
    json.writeStringField("createdBy", key.createdBy());
    json.writeStringField("expiresAt", text(key.expiresAt()));
    json.writeStringField("usedAt", text(key.usedAt()));
    json.writeStringField("revokedAt", text(key.revokedAt()));
    json.writeStringField("revokedBy", key.revokedBy());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
