package io.refdata.api.problem;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.persistence.json.Json;
import io.refdata.settings.Setting;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes problems as JSON of RFC 9457. */
public final class ProblemJson {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The value of {@code Allow} for a path that can only be read. */
  public static final String READ_ONLY = "GET, HEAD, OPTIONS";

  /** The seconds of {@code Retry-After}, after which the same request may succeed. */
  public static final String RETRY_AFTER = Setting.RETRY_AFTER.text();

  private ProblemJson() {}

  /** Responds with a problem, without JAX-RS. */
  static void answer(Problem problem, String path, HttpServletResponse response)
      throws IOException {
    response.setStatus(problem.type().status());
    if (problem.type() == ProblemType.METHOD_NOT_ALLOWED && !response.containsHeader("Allow")) {
      response.setHeader("Allow", READ_ONLY);
    }
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(encode(problem, path).getBytes(StandardCharsets.UTF_8));
  }

  /** The JSON of a problem with a request to a path. */
  public static String encode(Problem problem, String path) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "/problems/" + problem.type().slug());
      json.writeStringField("title", problem.type().title());
      json.writeNumberField("status", problem.type().status());
      json.writeStringField("detail", problem.getMessage());
      json.writeStringField("instance", path);
      if (!problem.errors().isEmpty()) {
        json.writeArrayFieldStart("errors");
        for (Problem.Error error : problem.errors()) {
          json.writeStartObject();
          json.writeStringField(error.kind(), error.where());
          json.writeStringField("detail", error.detail());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
