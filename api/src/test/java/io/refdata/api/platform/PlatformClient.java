package io.refdata.api.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A client of the platform's HTTP interface, as a data engineer would write one. */
public final class PlatformClient {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final @Nullable String token;

  /**
   * A client without a credential.
   *
   * @param platform the root of the server; the interface is below {@code /api/v1/}
   */
  public PlatformClient(URI platform) {
    this(platform, null);
  }

  /** A client with a bearer token; null: without. */
  public PlatformClient(URI platform, @Nullable String token) {
    this.base = platform.resolve("/api/v1/");
    this.token = token;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Where something below {@code /api/v1/} is. */
  public URI address(String path) {
    return base.resolve(path);
  }

  /** Reads a document. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path, "application/json"));
  }

  /** Reads a text in a media type. */
  public String text(String path, String mediaType) throws IOException, InterruptedException {
    HttpRequest request = request(path).header("Accept", mediaType).build();
    return checked(http.send(request, BodyHandlers.ofString())).body();
  }

  /** Creates an item, a dataset or a layout, unless it is there. */
  public void create(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .header("If-None-Match", "*")
            .PUT(BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 412) {
      checked(response);
    }
  }

  /** Creates a dataset of yearly values, ten years a partition, unless it is there. */
  public void yearly(String code, String... dimensions) throws IOException, InterruptedException {
    dataset(code, "A", "DECADE", dimensions);
  }

  /**
   * Creates a dataset, unless it is there.
   *
   * @param interval how long a partition lasts
   * @param dimensions each as {@code code=values}
   */
  public void dataset(String code, String frequency, String interval, String... dimensions)
      throws IOException, InterruptedException {
    create(
        "datasets/" + code,
        "{\"name\": \"%s\", \"frequency\": \"%s\", \"partitioning\": {\"interval\": \"%s\"}, \"dimensions\": [%s]}"
            .formatted(
                code,
                frequency,
                interval,
                Arrays.stream(dimensions)
                    .map(text -> text.split("=", -1))
                    .map(
                        parts ->
                            "{\"code\": \"%s\", \"values\": \"%s\"}".formatted(parts[0], parts[1]))
                    .collect(Collectors.joining(", "))));
  }

  /** Pushes observations into a dataset. */
  public JsonNode push(String dataset, String json) throws IOException, InterruptedException {
    HttpRequest request =
        request("datasets/" + dataset + "/observations")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return JSON.readTree(checked(http.send(request, BodyHandlers.ofString())).body());
  }

  /** Sends a file and waits until the load has ended, however it ends. */
  public JsonNode load(String parameters, BodyPublisher csv)
      throws IOException, InterruptedException {
    return ended(send(parameters, csv).get("id").asLong());
  }

  /** Sends a CSV file. */
  public JsonNode send(String parameters, BodyPublisher csv)
      throws IOException, InterruptedException {
    return send(parameters, csv, "Content-Type", "text/csv");
  }

  /**
   * Sends a file.
   *
   * @param headers names and values in turn, {@code Content-Type} among them
   */
  public JsonNode send(String parameters, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest request = request("loads?" + parameters).headers(headers).POST(body).build();
    return JSON.readTree(checked(http.send(request, BodyHandlers.ofString())).body());
  }

  /** Has a load that came to nothing tried again. */
  public void restart(long load) throws IOException, InterruptedException {
    HttpRequest request =
        request("loads/" + load + "/restart").POST(BodyPublishers.noBody()).build();
    checked(http.send(request, BodyHandlers.ofString()));
  }

  /** Waits until a load has ended, however it ends. */
  public JsonNode ended(long load) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      JsonNode state = get("loads/" + load);
      if (!state.get("finishedAt").isNull()) {
        return state;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    throw new StartFailed("Load %d has not ended after %s".formatted(load, PATIENCE));
  }

  private static HttpResponse<String> checked(HttpResponse<String> response) {
    if (response.statusCode() >= 300) {
      throw new StartFailed(
          "%s %s: %d %s"
              .formatted(
                  response.request().method(),
                  response.uri(),
                  response.statusCode(),
                  response.body()));
    }
    return response;
  }
}
