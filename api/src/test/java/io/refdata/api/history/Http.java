package io.refdata.api.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** Requests to the platform under test, for many threads at once. */
final class Http {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  /** The answer that came back. */
  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  static Answer get(String path) {
    return send("GET", path, null, null);
  }

  /** Asks for what is worked out again, whatever answer has been kept. */
  static Answer getAnew(String path) {
    return send("GET", path, null, null, "Cache-Control", "no-cache");
  }

  /** Writes what is there, or makes what is not. */
  static Answer put(String path, String body, @Nullable String reason) {
    return send("PUT", path, body, reason);
  }

  static Answer delete(String path, @Nullable String reason) {
    return send("DELETE", path, null, reason);
  }

  private static Answer send(
      String method,
      String path,
      @Nullable String body,
      @Nullable String reason,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s:%d/api/v1/%s".formatted(RestAssured.baseURI, RestAssured.port, path)))
            .header("Accept", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (reason != null) {
      request.header("X-Change-Reason", reason);
    }
    if (!method.equals("GET")) {
      Answer present = get(path);
      if (present.status() == 200) {
        request.header("If-Match", present.header("ETag"));
      } else {
        request.header("If-None-Match", method.equals("PUT") ? "*" : "\"none\"");
      }
    }
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
