package io.refdata.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.server.Health.Part;
import io.refdata.server.Health.Sight;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /** From this age on a sight says that it is old: {@code -Drefdata.health.age}. */
  private static final Duration OLD = Setting.HEALTH_AGE.time();

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
    return parts.stream().filter(Part::isNeeded).allMatch(part -> health.reason(part).isEmpty());
  }

  String answer(Health health) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("status", isUp(health) ? "UP" : "DOWN");
      json.writeArrayFieldStart("checks");
      for (Part part : parts) {
        write(part, health, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * A part that is not needed is UP, with a warning if something is wrong: readers of this form
   * take one DOWN for all.
   */
  private static void write(Part part, Health health, JsonGenerator json) throws IOException {
    Optional<String> reason = health.reason(part);
    Optional<Sight> sight = health.sight(part);
    boolean old = sight.isPresent() && sight.get().age().compareTo(OLD) > 0;
    json.writeStartObject();
    json.writeStringField("name", part.label());
    json.writeStringField("status", reason.isEmpty() || !part.isNeeded() ? "UP" : "DOWN");
    if (reason.isPresent() || sight.isPresent()) {
      json.writeObjectFieldStart("data");
      if (reason.isPresent()) {
        json.writeStringField(part.isNeeded() ? "reason" : "warning", reason.get());
      }
      if (sight.isPresent()) {
        for (Map.Entry<String, Object> seen : new TreeMap<>(sight.get().seen()).entrySet()) {
          json.writeObjectField(seen.getKey(), seen.getValue());
        }
        json.writeNumberField("ageSeconds", sight.get().age().toSeconds());
        if (old) {
          json.writeBooleanField("old", true);
        }
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
