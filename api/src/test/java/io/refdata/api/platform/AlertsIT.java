package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts that open, are sent, silenced and closed. */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class AlertsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static AlertedServer server;
  private static AlertListener listener;
  private static KillablePlatform platform;

  @BeforeAll
  static void start(@TempDir Path home) throws Exception {
    server = new AlertedServer(home, Map.of("refdata.alerts.tick", "PT1S"));
    listener = server.listener;
    platform = server.platform;
    for (String rule : new String[] {"LONG_TRANSACTIONS", "LOCK_WAIT"}) {
      server.change(rule, "{\"warning\": 0.5, \"openAfter\": \"PT0S\", \"closeAfter\": \"PT0S\"}");
    }
    server.change("DATABASE_DOWN", "{\"openAfter\": \"PT1S\", \"closeAfter\": \"PT0S\"}");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static void awaitCount(String query, int count) {
    await(query).atMost(PATIENCE).until(() -> server.alerts(query).size(), size -> size == count);
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
      JsonNode alert = server.alerts("state=OPEN&rule=LONG_TRANSACTIONS").get(0);
      assertThat(alert.get("severity").asText()).isEqualTo("WARNING");
      assertThat(alert.get("runbook").asText()).isEqualTo("docs/operations.md#long_transactions");
      assertThat(alert.get("reason").asText()).contains("idle in transaction");
      assertThat(alert.get("closed").isNull()).isTrue();
      await()
          .atMost(PATIENCE)
          .until(() -> listener.count("LONG_TRANSACTIONS", "firing") == before + 1);
      if (server.hasAlertmanager()) {
        await().atMost(PATIENCE).until(() -> server.atAlertmanager().contains("LONG_TRANSACTIONS"));
      }
      connection.rollback();
    }
    awaitCount("state=OPEN&rule=LONG_TRANSACTIONS", 0);
    await().atMost(PATIENCE).until(AlertsIT::allAreOver);
    assertThat(listener.count("LONG_TRANSACTIONS", "firing")).isEqualTo(before + 1);
    assertThat(listener.refused).isEmpty();
    if (server.hasAlertmanager()) {
      await().atMost(PATIENCE).until(() -> !server.atAlertmanager().contains("LONG_TRANSACTIONS"));
    }
  }

  /** Other tests have transactions, too. */
  private static boolean allAreOver() {
    return listener.count("LONG_TRANSACTIONS", "resolved")
        == listener.count("LONG_TRANSACTIONS", "firing");
  }

  @Test
  void aSilencedAlertIsOnRecordAndIsNotSent() throws Exception {
    HttpResponse<String> silence =
        server.send(
            "POST",
            "monitoring/silences",
            """
            {"matchers": {"alertname": "LOCK_WAIT"}, "until": "%s", "reason": "A change of the schema"}
            """
                .formatted(Instant.now().plusSeconds(600)));
    assertThat(silence.statusCode()).as(silence.body()).isEqualTo(201);
    String id = AlertedServer.json(silence).get("id").asText();
    assertThat(server.read("monitoring/silences").get("items").get(0).get("id").asText())
        .isEqualTo(id);
    try (Connection holder = platform.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table ref.provider in share mode");
      var waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return server.send("PUT", "providers/WAITS", "{\"name\": \"Waits\"}");
                } catch (Exception e) {
                  throw new CompletionException(e);
                }
              });
      awaitCount("state=OPEN&rule=LOCK_WAIT", 1);
      assertThat(server.alerts("rule=LOCK_WAIT").get(0).at("/silencedBy/id").asText())
          .isEqualTo(id);
      holder.rollback();
      assertThat(waiting.get().statusCode()).isEqualTo(201);
    }
    awaitCount("state=CLOSED&rule=LOCK_WAIT", 1);
    assertThat(listener.count("LOCK_WAIT", "firing")).isZero();
    assertThat(server.send("DELETE", "monitoring/silences/" + id, "").statusCode()).isEqualTo(204);
    assertThat(server.send("DELETE", "monitoring/silences/" + id, "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsRefused() throws Exception {
    assertThat(server.send("POST", "monitoring/silences", "{\"matchers\": {}}").statusCode())
        .isEqualTo(400);
    assertThat(
            server
                .send("PUT", "monitoring/alerts/rules/LOCK_WAIT", "{\"warning\": 500}")
                .statusCode())
        .as("worse than critical")
        .isEqualTo(400);
    assertThat(server.send("PUT", "monitoring/alerts/rules/NONE", "{}").statusCode())
        .isEqualTo(404);
    HttpResponse<String> list = server.send("GET", "monitoring/alerts?rule=NONE", "");
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
    assertThat(server.alerts("rule=DATABASE_DOWN").get(0).get("severity").asText())
        .isEqualTo("CRITICAL");
  }
}
