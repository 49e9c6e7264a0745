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

/**
 * The questions of probes, with the parts that each is about. The responses have the form of
 * MicroProfile Health.
 */
enum HealthQuestion {
  /** True if the process should not be killed: since it answers, this is always so. */
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

  /** The question at a path; null if there is none. */
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
