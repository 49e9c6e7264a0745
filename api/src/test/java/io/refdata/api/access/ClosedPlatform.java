package io.refdata.api.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.platform.DevelopmentIssuer;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Two servers on one database: one that is closed, as a server is unless it is told otherwise, and
 * one on which anybody may edit, and nothing else.
 */
final class ClosedPlatform implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DevelopmentIssuer issuer;
  private final EmbeddedDatabase database;
  private final WildFlyServer closed;
  private final WildFlyServer editable;

  ClosedPlatform(Path home) {
    issuer = DevelopmentIssuer.in(home);
    database = EmbeddedDatabase.start(home.resolve("postgresql"));
    Map<String, String> settings = new HashMap<>(issuer.settings());
    settings.put("refdata.access.anybody", "editor");
    settings.put("refdata.access.public-collections", "units");
    settings.put("refdata.metrics.open", "false");
    editable = start(home.resolve("editable"), settings);
    settings.put("refdata.access.anybody", "");
    closed = start(home.resolve("closed"), settings);
  }

  private WildFlyServer start(Path directory, Map<String, String> settings) {
    return WildFlyServer.start(
        WildFlyServer.Settings.ofBuild(directory, database, "512m").with(settings));
  }

  /** Nobody may do anything here without a credential but read what is public. */
  URI closed() {
    return closed.url();
  }

  /** Anybody may edit here. */
  URI editable() {
    return editable.url();
  }

  DevelopmentIssuer issuer() {
    return issuer;
  }

  /** Sends a request without a body. */
  HttpResponse<String> send(URI server, String method, String path, String... headers)
      throws IOException, InterruptedException {
    return sendBody(server, method, path, "", headers);
  }

  HttpResponse<String> sendBody(
      URI server, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(Duration.ofMinutes(1))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** The description of the interface. */
  JsonNode description() throws IOException, InterruptedException {
    return JSON.readTree(send(closed(), "GET", "/openapi", "Accept", "application/json").body());
  }

  @Override
  public void close() {
    editable.close();
    closed.close();
    database.close();
  }
}
