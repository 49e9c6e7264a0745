package io.refdata.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.server.Health.Part;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a probe may ask, and what it asks about. The answers look as MicroProfile Health's do. */
enum HealthQuestion {
  /** Whether the process should be left to live: it answers, so it should. */
  LIVE("/health/live", List.of()),
  READY("/health/ready", List.of(Part.values())),
  STARTED("/health/started", List.of(Part.SCHEMA, Part.APPLICATION));

  private static final JsonFactory JSON = new JsonFactory();

  private final String path;
  private final List<Part> parts;

  HealthQuestion(String path, List<Part> parts) {
    this.path = path;
    this.parts = parts;
  }

  /** The one that is asked at a path; null if none is. */
  static @Nullable HealthQuestion at(String path) {
    return Arrays.stream(values()).filter(each -> each.path.equals(path)).findFirst().orElse(null);
  }

  boolean isUp(Health health) {
    return parts.stream().allMatch(part -> health.reason(part).isEmpty());
  }

  String answer(Health health) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("status", isUp(health) ? "UP" : "DOWN");
      json.writeArrayFieldStart("checks");
      for (Part part : parts) {
        Optional<String> reason = health.reason(part);
        json.writeStartObject();
        json.writeStringField("name", part.label());
        json.writeStringField("status", reason.isEmpty() ? "UP" : "DOWN");
        if (reason.isPresent()) {
          json.writeObjectFieldStart("data");
          json.writeStringField("reason", reason.get());
          json.writeEndObject();
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
