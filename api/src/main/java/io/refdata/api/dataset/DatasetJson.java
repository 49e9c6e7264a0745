package io.refdata.api.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.item.Item;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a dataset in JSON; its provider and unit are only codes. */
final class DatasetJson {
  private DatasetJson() {}

  static void write(Dataset dataset, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", dataset.code().value());
    json.writeStringField("name", dataset.name());
    json.writeStringField("provider", code(dataset.provider()));
    json.writeStringField("frequency", dataset.frequency().name());
    json.writeStringField("unit", code(dataset.unit()));
    json.writeArrayFieldStart("dimensions");
    for (Dimension dimension : dataset.dimensions()) {
      json.writeStartObject();
      json.writeStringField("code", dimension.code().value());
      json.writeStringField("values", dimension.values());
      json.writeEndObject();
    }
    json.writeEndArray();
    Partitioning partitioning = dataset.partitioning();
    json.writeObjectFieldStart("partitioning");
    json.writeStringField("interval", partitioning.interval().name());
    json.writeNumberField("premake", partitioning.premake());
    json.writeStringField("retention", partitioning.retention());
    json.writeStringField("onExpiry", partitioning.onExpiry().name());
    json.writeEndObject();
    Freshness freshness = dataset.freshness();
    json.writeObjectFieldStart("freshness");
    json.writeStringField("warnAfter", freshness.warnAfter());
    json.writeStringField("failAfter", freshness.failAfter());
    json.writeEndObject();
    json.writeStringField("unknownCodes", dataset.unknownCodes().name());
    json.writeBooleanField("public", dataset.isPublic());
    json.writeEndObject();
  }

  private static @Nullable String code(@Nullable Item item) {
    return item == null ? null : item.code().value();
  }
}
