package io.refdata.api.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.persistence.export.Export;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes an export in JSON. Instants are in UTC, to the microsecond. */
final class ExportJson {
  private ExportJson() {}

  static void write(Export export, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", export.id());
    json.writeStringField("dataset", export.dataset());
    json.writeStringField("format", export.format());
    json.writeFieldName("query");
    json.writeRawValue(export.query());
    json.writeStringField("asOf", export.asOf().toString());
    json.writeStringField("state", export.state().name());
    json.writeNumberField("rows", export.rows());
    json.writeNumberField("bytes", export.bytes());
    json.writeStringField("sha256", export.sha256());
    instant("requestedAt", export.requestedAt(), json);
    instant("startedAt", export.startedAt(), json);
    instant("finishedAt", export.finishedAt(), json);
    instant("expiresAt", export.expiresAt(), json);
    json.writeStringField("message", export.message());
    json.writeStringField("by", export.by());
    json.writeEndObject();
  }

  private static void instant(String name, @Nullable Instant instant, JsonGenerator json)
      throws IOException {
    json.writeStringField(name, instant == null ? null : instant.toString());
  }
}
