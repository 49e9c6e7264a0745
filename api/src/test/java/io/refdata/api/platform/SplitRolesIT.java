package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.db.EmbeddedDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform in a role that owns nothing it is audited by, on a schema of another role. */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class SplitRolesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path home;

  private static EmbeddedDatabase database;
  private static WildFlyServer server;
  private static PlatformClient client;

  @BeforeAll
  static void start() throws SQLException {
    database = EmbeddedDatabase.startTemporary();
    database.separateApplication();
    server =
        WildFlyServer.start(
            WildFlyServer.Settings.ofBuild(home, database, "768m")
                .with(
                    Map.of(
                        "refdata.db.user", EmbeddedDatabase.APPLICATION,
                        "refdata.db.owner-user", database.user(),
                        "refdata.db.owner-password", database.password())));
    client = new PlatformClient(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @Test
  void itemsAreWrittenChangedAndDeleted() throws Exception {
    client.create("providers/SPLIT", "{\"name\": \"Split\"}");
    client.create("organizations/SPLIT", "{\"name\": \"Split\"}");
    assertThat(send("PUT", "organizations/SPLIT", "{\"name\": \"Again\"}", "*")).isEqualTo(200);
    assertThat(send("DELETE", "providers/SPLIT", "", "*")).isEqualTo(204);
    assertThat(client.get("organizations/SPLIT/history").get("items")).hasSize(2);
  }

  @Test
  void filesArePushedLoadedAndMergedIntoPartitions() throws Exception {
    client.yearly("SPLIT_DATA", "region=regions");
    client.create(
        "layouts/split",
        "{\"into\": \"datasets/SPLIT_DATA\", \"time\": {\"column\": \"time\"}, \"value\":"
            + " {\"column\": \"value\"}, \"dimensions\": {\"region\": {\"column\": \"region\"}}}");
    for (String value : new String[] {"1", "2"}) {
      JsonNode load =
          client.load(
              "layout=split",
              BodyPublishers.ofString(
                  "region,time,value\nFRA,1990,%1$s\nFRA,2020,%1$s\n".formatted(value)));
      assertThat(load.get("state").textValue()).as(load.toString()).isEqualTo("COMPLETED");
    }
    client.push("SPLIT_DATA", "[{\"region\": \"DEU\", \"time\": \"2021\", \"value\": 5}]");
    assertThat(client.get("datasets/SPLIT_DATA/series").get("items")).hasSize(2);
    client.create(
        "layouts/split-items",
        "{\"into\": \"organizations\", \"properties\": {\"code\": {\"column\": \"code\"}, \"name\":"
            + " {\"column\": \"name\"}}}");
    JsonNode items =
        client.load("layout=split-items", BodyPublishers.ofString("code,name\nSPLIT_1,One\n"));
    assertThat(items.get("state").textValue()).as(items.toString()).isEqualTo("COMPLETED");
  }

  @Test
  void theDatabaseIsLookedAfterAndTheAuditTrailIsSealed() throws Exception {
    for (String task :
        new String[] {"SEAL_REVISIONS", "PARTITIONS", "VACUUM", "ANALYZE", "REINDEX"}) {
      superuser("select performance_monitoring.schedule_maintenance('" + task + "')");
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                superuser(
                        "select count(*) from performance_monitoring.schedule where began_at is"
                            + " null and task in ('SEAL_REVISIONS', 'PARTITIONS', 'VACUUM',"
                            + " 'ANALYZE', 'REINDEX')")
                    .equals("0"));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> client.get("audit/verify").get("waiting").intValue() == 0);
    JsonNode verified = client.get("audit/verify");
    assertThat(verified.get("verdict").textValue()).as(verified.toString()).isEqualTo("INTACT");
    assertThat(
            superuser(
                "select coalesce(string_agg(task || ' ' || subject || ': ' || detail, '; '), '')"
                    + " from performance_monitoring.optimization_log where outcome = 'FAILED'"))
        .isEmpty();
  }

  private static int send(String method, String path, String json, String version)
      throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/" + path))
                    .header("Content-Type", "application/json")
                    .header("If-Match", version)
                    .method(method, BodyPublishers.ofString(json))
                    .build(),
                BodyHandlers.ofString());
    return answer.statusCode();
  }

  private static String superuser(String sql) throws SQLException {
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
