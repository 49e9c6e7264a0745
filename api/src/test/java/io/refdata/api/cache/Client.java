package io.refdata.api.cache;

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

/** Requests, quick and from many threads. */
final class Client {
  static final JsonMapper JSON = new JsonMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpResponse<byte[]> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<byte[]> put(String path, String json) {
    return send(
        request(path, "Content-Type", "application/json", "If-None-Match", "*")
            .PUT(BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> patch(String path, String json) {
    return send(
        request(path, "Content-Type", "application/merge-patch+json", "If-Match", "*")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> send(String method, String path, String body, String... headers) {
    return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
  }

  HttpResponse<byte[]> delete(String path) {
    return send(request(path, "If-Match", "*").DELETE());
  }

  HttpResponse<byte[]> post(String path, String type, String body) {
    return send(request(path, "Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("%s:%d/api/v1/%s".formatted(RestAssured.baseURI, RestAssured.port, path)));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code hit}, {@code miss}, {@code revalidated} or {@code bypass}. */
  static String cache(HttpResponse<byte[]> response) {
    String timing = response.headers().firstValue("Server-Timing").orElseThrow();
    return timing.replaceAll(".*cache;desc=\"(\\w+)\".*", "$1");
  }

  static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
