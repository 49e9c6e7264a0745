package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts of a server as an operator runs it, with a receiver and, where there is one, an
 * Alertmanager.
 */
@SuppressWarnings("NullAway.Init")
class AlertsIT {
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static AlertListener listener;
  private static int alertmanagerPort;
  private static Process alertmanager;
  private static KillablePlatform platform;

  @BeforeAll
  static void start(@TempDir Path home) throws Exception {
    listener = new AlertListener();
    Map<String, String> settings = new HashMap<>();
    settings.put("refdata.alerts.webhooks", listener.address());
    settings.put("refdata.alerts.secret", AlertListener.SECRET);
    settings.put("refdata.alerts.tick", "PT1S");
    if (Files.isExecutable(ALERTMANAGER)) {
      alertmanagerPort = Ports.free();
      startAlertmanager(home);
      settings.put("refdata.alerts.alertmanagers", "http://localhost:" + alertmanagerPort);
    }
    platform = new KillablePlatform(home, settings);
    for (String rule : new String[] {"LONG_TRANSACTIONS", "LOCK_WAIT"}) {
      change(rule, "{\"warning\": 0.5, \"openAfter\": \"PT0S\", \"closeAfter\": \"PT0S\"}");
    }
    change("DATABASE_DOWN", "{\"openAfter\": \"PT1S\", \"closeAfter\": \"PT0S\"}");
  }

  private static void startAlertmanager(Path home) throws IOException {
    Path configuration = home.resolve("alertmanager.yml");
    Files.writeString(configuration, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
    alertmanager =
        new ProcessBuilder(
                ALERTMANAGER.toString(),
                "--config.file=" + configuration,
                "--storage.path=" + home.resolve("alertmanager"),
                "--cluster.listen-address=",
                "--web.listen-address=localhost:" + alertmanagerPort)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("alertmanager.log").toFile())
            .start();
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
    if (alertmanager != null) {
      alertmanager.destroy();
    }
    listener.close();
  }

  private static void change(String rule, String body) throws Exception {
    assertThat(send("PUT", "monitoring/alerts/rules/" + rule, body).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(platform.client().address(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode read(String path) throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(platform.client().address(path)).build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static JsonNode alerts(String query) throws Exception {
    return read("monitoring/alerts?" + query).get("items");
  }

  private static void awaitCount(String query, int count) {
    await(query).atMost(PATIENCE).until(() -> alerts(query).size(), size -> size == count);
  }

  @Test
  void anAlertOpensAndClosesAndIsSentSigned() throws Exception {
    awaitCount("state=OPEN&rule=LONG_TRANSACTIONS", 0);
    await().atMost(PATIENCE).until(AlertsIT::allAreOver);
    long before = listener.count("LONG_TRANSACTIONS", "firing");
    try (Connection connection = platform.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1");
      awaitCount("state=OPEN&rule=LONG_TRANSACTIONS", 1);
      JsonNode alert = alerts("state=OPEN&rule=LONG_TRANSACTIONS").get(0);
      assertThat(alert.get("severity").asText()).isEqualTo("WARNING");
      assertThat(alert.get("runbook").asText()).isEqualTo("docs/operations.md#long_transactions");
      assertThat(alert.get("reason").asText()).contains("idle in transaction");
      assertThat(alert.get("closed").isNull()).isTrue();
      await()
          .atMost(PATIENCE)
          .until(() -> listener.count("LONG_TRANSACTIONS", "firing") == before + 1);
      if (alertmanager != null) {
        await().atMost(PATIENCE).until(() -> atAlertmanager().contains("LONG_TRANSACTIONS"));
      }
      connection.rollback();
    }
    awaitCount("state=OPEN&rule=LONG_TRANSACTIONS", 0);
    await().atMost(PATIENCE).until(AlertsIT::allAreOver);
    assertThat(listener.count("LONG_TRANSACTIONS", "firing")).isEqualTo(before + 1);
    assertThat(listener.refused).isEmpty();
    if (alertmanager != null) {
      await().atMost(PATIENCE).until(() -> !atAlertmanager().contains("LONG_TRANSACTIONS"));
    }
  }

  /** Other tests have transactions, too. */
  private static boolean allAreOver() {
    return listener.count("LONG_TRANSACTIONS", "resolved")
        == listener.count("LONG_TRANSACTIONS", "firing");
  }

  /** The alerts that are active there. */
  private static String atAlertmanager() throws Exception {
    assumeTrue(alertmanager.isAlive(), "Alertmanager runs");
    URI address = URI.create("http://localhost:" + alertmanagerPort + "/api/v2/alerts?active=true");
    return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void aSilencedAlertIsOnRecordAndIsNotSent() throws Exception {
    HttpResponse<String> silence =
        send(
            "POST",
            "monitoring/silences",
            """
            {"matchers": {"alertname": "LOCK_WAIT"}, "until": "%s", "reason": "A change of the schema"}
            """
                .formatted(Instant.now().plusSeconds(600)));
    assertThat(silence.statusCode()).as(silence.body()).isEqualTo(201);
    String id = JSON.readTree(silence.body()).get("id").asText();
    assertThat(read("monitoring/silences").get("items").get(0).get("id").asText()).isEqualTo(id);
    try (Connection holder = platform.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table ref.provider in share mode");
      var waiting =
          HTTP.sendAsync(
              HttpRequest.newBuilder(platform.client().address("providers/WAITS"))
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{\"name\": \"Waits\"}"))
                  .build(),
              BodyHandlers.ofString());
      awaitCount("state=OPEN&rule=LOCK_WAIT", 1);
      assertThat(alerts("rule=LOCK_WAIT").get(0).at("/silencedBy/id").asText()).isEqualTo(id);
      holder.rollback();
      assertThat(waiting.get().statusCode()).isEqualTo(201);
    }
    awaitCount("state=CLOSED&rule=LOCK_WAIT", 1);
    assertThat(listener.count("LOCK_WAIT", "firing")).isZero();
    assertThat(send("DELETE", "monitoring/silences/" + id, "").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "monitoring/silences/" + id, "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsRefused() throws Exception {
    assertThat(send("POST", "monitoring/silences", "{\"matchers\": {}}").statusCode())
        .isEqualTo(400);
    assertThat(send("PUT", "monitoring/alerts/rules/LOCK_WAIT", "{\"warning\": 500}").statusCode())
        .as("worse than critical")
        .isEqualTo(400);
    assertThat(send("PUT", "monitoring/alerts/rules/NONE", "{}").statusCode()).isEqualTo(404);
    HttpResponse<String> list =
        HTTP.send(
            HttpRequest.newBuilder(platform.client().address("monitoring/alerts?rule=NONE"))
                .build(),
            BodyHandlers.ofString());
    assertThat(list.statusCode()).isEqualTo(400);
  }

  @Test
  void aDatabaseThatIsDownIsSaidWithoutTheDatabase() throws Exception {
    platform.killDatabase();
    await().atMost(PATIENCE).until(() -> listener.count("DATABASE_DOWN", "firing") == 1);
    platform.startDatabase();
    await().atMost(PATIENCE).until(() -> listener.count("DATABASE_DOWN", "resolved") == 1);
    awaitCount("state=CLOSED&rule=DATABASE_DOWN", 1);
    assertThat(listener.count("DATABASE_DOWN", "firing")).isEqualTo(1);
    assertThat(alerts("rule=DATABASE_DOWN").get(0).get("severity").asText()).isEqualTo("CRITICAL");
  }
}
