package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Situations on a running server: each is told to a receiver and to Alertmanager within a minute,
 * and so is its end. The bounds of what would take longer are lower here. With {@code
 * -Dalerts.times=true} alerts take as long to open and to close as the code says; without, they do
 * it at once.
 */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class AlertSituationsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int CLIENTS = 12;
  private static final String TIMES =
      Boolean.getBoolean("alerts.times")
          ? ""
          : ", \"openAfter\": \"PT0S\", \"closeAfter\": \"PT0S\"";
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final List<String> OF_THE_SERVER =
      List.of(
          "DISK_LOW",
          "DATABASE_DISK_LOW",
          "MEMORY_HIGH",
          "PROCESSOR_HIGH",
          "LATENCY",
          "SLOW_QUERIES",
          "GC_HIGH");

  private AlertedServer server;
  private PlatformClient client;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server =
        new AlertedServer(
            home,
            Map.of(
                "refdata.alerts.tick", "PT5S",
                "refdata.maintenance.tick", "PT3S",
                "refdata.alerts.requests", "5",
                "refdata.alerts.database-disk", Long.toString(1L << 40),
                "refdata.pool.max", "6",
                "refdata.requests.sampled", "PT5S"));
    client = server.platform.client();
    if (!TIMES.isEmpty()) {
      for (JsonNode rule : server.read("monitoring/alerts/rules").get("items")) {
        change(rule.get("rule").asText(), "\"enabled\": true");
      }
    }
  }

  private void change(String rule, String bounds) throws Exception {
    server.change(rule, "{" + bounds + TIMES + "}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = server.platform.connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private void awaitFiring(String... rules) {
    awaitTold(List.of(rules), "firing");
  }

  private void awaitResolved(String... rules) {
    awaitTold(List.of(rules), "resolved");
    assertThat(server.listener.refused).isEmpty();
  }

  /** Whether a rule was told of, and whether it is over if that is asked. */
  private boolean isTold(String rule, String status) {
    long firing = server.listener.count(rule, "firing");
    long resolved = server.listener.count(rule, "resolved");
    return firing > 0 && (status.equals("firing") || firing == resolved);
  }

  private void awaitTold(List<String> rules, String status) {
    await(status)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(rules).filteredOn(rule -> !isTold(rule, status)).isEmpty());
    if (server.hasAlertmanager()) {
      boolean firing = status.equals("firing");
      await("Alertmanager: " + status)
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                String active = server.atAlertmanager();
                assertThat(rules)
                    .filteredOn(rule -> active.contains('"' + rule + '"') != firing)
                    .isEmpty();
              });
    }
  }

  private void load(String dataset, String csv) throws Exception {
    client.yearly(dataset, "region=regions");
    client.load(
        "maxRejectRatio=0.9&into=datasets/" + dataset,
        BodyPublishers.ofString("region,time,value\n" + csv));
  }

  /** Sends reads past the caches from some clients, until the result is completed. */
  private CompletableFuture<Void> reads(int clients, String path, CompletableFuture<Void> end) {
    return CompletableFuture.allOf(
        IntStream.range(0, clients)
            .mapToObj(number -> CompletableFuture.runAsync(() -> read(path + number, end), THREADS))
            .toArray(CompletableFuture[]::new));
  }

  private void read(String path, CompletableFuture<Void> end) {
    try {
      while (!end.isDone()) {
        server.send("GET", path, "", "Cache-Control", "no-cache");
      }
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void situationsOfTheData() throws Exception {
    load("AHEAD", "DEU,2020,1\n");
    load("GOOD", "DEU,2020,1\n");
    awaitJudged(1);
    load("GOOD", "DEU,2021,1\nDEU,2022,no\nDEU,2023,no\n");
    awaitJudged(2);
    load("FAILING", "DEU,2020,no\n");
    load("STALE", "DEU,2020,1\n");
    freshness("PT1S");
    execute(
        "update performance_monitoring.schedule set began_at = clock_timestamp() where task ="
            + " 'PARTITIONS'",
        "update curated.dataset set premake = 50 where code = 'AHEAD'");
    client.create("units/TWICE_A", "{\"name\": \"Twice\"}");
    client.create("units/TWICE_B", "{\"name\": \"Twice\"}");
    assertThatThrownBy(() -> execute("create unique index concurrently twice on ref.unit (name)"))
        .hasMessageContaining("could not create unique index");
    execute(
        "alter table performance_monitoring.size_sample rename at to away",
        "select performance_monitoring.schedule_maintenance('DELETE_OLD_RECORDS')");
    String[] rules = {
      "LOAD_FAILED",
      "STALE_DATA",
      "QUALITY_DROP",
      "INVALID_INDEX",
      "PARTITIONS_MISSING",
      "TASK_FAILED"
    };
    awaitFiring(rules);

    load("GOOD", "DEU,2022,1\n");
    awaitJudged(3);
    load("FAILING", "DEU,2020,1\n");
    freshness("P1D");
    execute("drop index concurrently ref.twice");
    execute(
        "alter table performance_monitoring.size_sample rename away to at",
        "select performance_monitoring.schedule_maintenance('DELETE_OLD_RECORDS')");
    server.send("POST", "database/partitions/maintenance", "");
    awaitResolved(rules);
  }

  private void awaitJudged(int loads) throws SQLException {
    execute("select performance_monitoring.schedule_maintenance('JUDGE_LOADS')");
    await("%d loads are judged".formatted(loads))
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                server
                    .platform
                    .answer(
                        """
                        select count(*) from performance_monitoring.load_quality q
                          join curated.dataset d on d.id = q.dataset_id
                         where d.code = 'GOOD' and q.score is not null
                        """)
                    .equals(Integer.toString(loads)));
  }

  private void freshness(String bound) throws Exception {
    HttpResponse<String> response =
        server.send(
            "PUT",
            "datasets/STALE",
            """
            {"name": "Stale", "frequency": "A", "partitioning": {"interval": "DECADE"},
             "dimensions": [{"code": "region", "values": "regions"}],
             "freshness": {"warnAfter": "%1$s", "failAfter": "%1$s"}}
            """
                .formatted(bound),
            "If-Match",
            "*");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void situationsOfTheServer() throws Exception {
    for (String rule : OF_THE_SERVER) {
      // The processor's would have to last for minutes otherwise; collections are seconds apart.
      String openAfter = rule.equals("GC_HIGH") ? "PT0S" : "PT10S";
      server.change(
          rule,
          "{\"warning\": 0.0001, \"critical\": 1000000, \"openAfter\": \"%s\"}"
              .formatted(openAfter));
    }
    CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<Void> reads = reads(2, "regions?sort=-name&limit=99", end);
    try {
      awaitFiring(OF_THE_SERVER.toArray(String[]::new));
    } finally {
      end.complete(null);
    }
    reads.join();
    for (String rule : OF_THE_SERVER) {
      change(rule, "\"warning\": 1000000, \"critical\": 10000000");
    }
    awaitResolved(OF_THE_SERVER.toArray(String[]::new));
  }

  @Test
  void aLoadThatWaitsForALock() throws Exception {
    String[] rules = {"LOCK_WAIT", "LONG_TRANSACTIONS", "LOAD_STUCK", "INGESTION_LAG"};
    client.yearly("WAITING", "region=regions");
    for (String rule : rules) {
      change(rule, "\"warning\": 5");
    }
    try (Connection holder = server.platform.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table ref.revision in share mode");
      client.send(
          "into=datasets/WAITING", BodyPublishers.ofString("region,time,value\nDEU,2020,1\n"));
      awaitFiring(rules);
      holder.rollback();
    }
    // The one that waited did lag; the next one does not.
    load("WAITING", "DEU,2021,1\n");
    awaitResolved(rules);
  }

  @Test
  void aReceiverThatDoesNotTakeAlerts() throws Exception {
    change("OUTBOX_STALLED", "\"warning\": 5");
    server.other.answers(503);
    load("FAILING", "DEU,2020,no\n");
    awaitFiring("LOAD_FAILED", "OUTBOX_STALLED");
    server.other.answers(204);
    awaitResolved("OUTBOX_STALLED");
    await("It gets what it refused")
        .atMost(PATIENCE)
        .until(() -> server.other.count("LOAD_FAILED", "firing") > 0);
  }

  @Test
  void readsThatTakeAllConnections() throws Exception {
    HttpResponse<String> sla =
        server.send(
            "PUT",
            "monitoring/slas/lists",
            """
            {"kind": "REQUEST_ERRORS", "route": "/api/v1/{collection}", "objective": 0.99, "window": "P7D"}
            """);
    assertThat(sla.statusCode()).as(sla.body()).isEqualTo(201);
    CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<Void> reads;
    try (Connection holder = server.platform.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table ref.provider in access exclusive mode");
      reads = reads(CLIENTS, "providers?limit=1", end);
      try {
        awaitFiring("POOL_NEAR_END", "ERROR_RATE");
      } finally {
        end.complete(null);
      }
      holder.rollback();
    }
    reads.join();
    awaitResolved("POOL_NEAR_END", "ERROR_RATE");
    awaitFiring("SLA_BURN");
    assertThat(server.send("DELETE", "monitoring/slas/lists", "", "If-Match", "*").statusCode())
        .isEqualTo(204);
    awaitResolved("SLA_BURN");
  }
}
