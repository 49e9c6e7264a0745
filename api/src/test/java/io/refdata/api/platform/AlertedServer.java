package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server as an operator runs it, with two receivers that check signatures and, where there is
 * one, Debian's Alertmanager.
 */
final class AlertedServer implements AutoCloseable {
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final int ALERTMANAGER_STOP_SECONDS = 20;
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final AlertListener listener;
  final AlertListener other;
  final KillablePlatform platform;
  private final int alertmanagerPort = FreePort.any();
  private final @Nullable Process alertmanager;

  /**
   * Starts all of it.
   *
   * @param more further settings of the server
   */
  AlertedServer(Path home, Map<String, String> more) throws IOException {
    listener = new AlertListener();
    other = new AlertListener();
    alertmanager = Files.isExecutable(ALERTMANAGER) ? startAlertmanager(home) : null;
    Map<String, String> settings = new HashMap<>(more);
    settings.put("refdata.alerts.webhooks", listener.address() + "," + other.address());
    settings.put("refdata.alerts.secret", AlertListener.SECRET);
    if (alertmanager != null) {
      settings.put("refdata.alerts.alertmanagers", "http://localhost:" + alertmanagerPort);
    }
    platform = new KillablePlatform(home, settings);
  }

  private Process startAlertmanager(Path home) throws IOException {
    Path configuration = home.resolve("alertmanager.yml");
    Files.writeString(configuration, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
    return new ProcessBuilder(
            ALERTMANAGER.toString(),
            "--config.file=" + configuration,
            "--storage.path=" + home.resolve("alertmanager"),
            "--cluster.listen-address=",
            "--web.listen-address=localhost:" + alertmanagerPort)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("alertmanager.log").toFile())
        .start();
  }

  boolean hasAlertmanager() {
    return alertmanager != null;
  }

  /** The alerts that are active at Alertmanager, as it says them. */
  String atAlertmanager() throws Exception {
    URI address = URI.create("http://localhost:" + alertmanagerPort + "/api/v2/alerts?active=true");
    return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  /** Changes a rule. */
  void change(String rule, String body) throws Exception {
    HttpResponse<String> response = send("PUT", "monitoring/alerts/rules/" + rule, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(platform.client().address(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    return HTTP.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  JsonNode read(String path) throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(platform.client().address(path)).build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  JsonNode alerts(String query) throws Exception {
    return read("monitoring/alerts?" + query).get("items");
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    platform.close();
    if (alertmanager != null) {
      alertmanager.destroy();
      // It writes its state as it ends, into a directory that is deleted next.
      alertmanager.onExit().orTimeout(ALERTMANAGER_STOP_SECONDS, TimeUnit.SECONDS).join();
    }
    listener.close();
    other.close();
  }
}
