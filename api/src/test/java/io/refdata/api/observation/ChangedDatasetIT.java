package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Datasets that are deleted or defined anew while observations arrive for them. */
@ArquillianTest
class ChangedDatasetIT {
  private static final String PUSH = "[{\"region\": \"FRA\", \"time\": \"2015\", \"value\": 1}]";
  private static final String YEARLY_TABLES =
      """
      {"name": "Anew", "frequency": "A", "partitioning": {"interval": "YEAR"},
       "dimensions": [{"code": "region", "values": "regions"}]}
      """;
  private static final String WAITING =
      "select count(*) = %d from pg_stat_activity"
          + " where application_name = 'refdata' and wait_event = 'advisory'";

  private final HttpClient http = HttpClient.newHttpClient();
  private final PlatformClient client = PlatformForTests.client();

  @Test
  void whatWaitsForADatasetThatIsDeletedFindsNone() throws Exception {
    client.yearly("CHANGED_GONE", "region=regions");
    client.push("CHANGED_GONE", PUSH);
    CompletableFuture<HttpResponse<String>> push;
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      int id = hold(statement, "CHANGED_GONE");
      push = send("POST", "datasets/CHANGED_GONE/observations", PUSH);
      PlatformForTests.await(WAITING.formatted(1));
      for (String table : new String[] {"series", "partition"}) {
        statement.execute("delete from curated.%s where dataset_id = %d".formatted(table, id));
      }
      statement.execute("delete from curated.dataset where id = " + id);
      own.commit();
    }
    assertThat(push.get().statusCode()).as(push.get().body()).isEqualTo(404);
  }

  @Test
  void whatWaitsForADatasetThatIsDefinedAnewIsToldToComeAgain() throws Exception {
    client.yearly("CHANGED_ANEW", "region=regions");
    CompletableFuture<HttpResponse<String>> change;
    CompletableFuture<HttpResponse<String>> push;
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      hold(statement, "CHANGED_ANEW");
      change = send("PUT", "datasets/CHANGED_ANEW", YEARLY_TABLES);
      PlatformForTests.await(WAITING.formatted(1));
      push = send("POST", "datasets/CHANGED_ANEW/observations", PUSH);
      PlatformForTests.await(WAITING.formatted(2));
      own.rollback();
    }
    assertThat(change.get().statusCode()).as(change.get().body()).isEqualTo(200);
    assertThat(push.get().statusCode()).as(push.get().body()).isEqualTo(503);
    assertThat(push.get().headers().firstValue("Retry-After")).isPresent();
    HttpResponse<String> again = send("POST", "datasets/CHANGED_ANEW/observations", PUSH).get();
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    PlatformForTests.await(
        "select array_agg(p.upper - p.lower) = array[interval '365 days'] from curated.partition p"
            + " join curated.dataset d on d.id = p.dataset_id"
            + " where d.code = 'CHANGED_ANEW' and p.kind = 'VALUE'");
  }

  @Test
  void whoDeletesADatasetThatIsHeldHoldsUpOthersForAMomentOnly() throws Exception {
    client.yearly("CHANGED_HELD", "region=regions");
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      hold(statement, "CHANGED_HELD");
      CompletableFuture<HttpResponse<String>> deletion =
          send("DELETE", "datasets/CHANGED_HELD", "");
      PlatformForTests.await(WAITING.formatted(1));
      client.create("providers/BESIDE_DELETION", "{\"name\": \"Beside\"}");
      assertThat(deletion.get().statusCode()).as(deletion.get().body()).isEqualTo(503);
      assertThat(deletion.get().headers().firstValue("Retry-After")).isPresent();
      own.rollback();
    }
    assertThat(send("DELETE", "datasets/CHANGED_HELD", "").get().statusCode()).isEqualTo(204);
  }

  @Test
  void anItemIsNotDeletedBesideAPushThatRefersToIt() throws Exception {
    client.create("regions/GOING_1", "{\"name\": \"Going\", \"kind\": \"GROUP\"}");
    client.yearly("CHANGED_ITEMS", "region=regions");
    CompletableFuture<HttpResponse<String>> push;
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      hold(statement, "CHANGED_ITEMS");
      push = send("POST", "datasets/CHANGED_ITEMS/observations", PUSH.replace("FRA", "GOING_1"));
      PlatformForTests.await(WAITING.formatted(1));
      assertThat(send("DELETE", "regions/GOING_1", "").get().statusCode()).isEqualTo(204);
      own.rollback();
    }
    assertThat(push.get().statusCode()).as(push.get().body()).isEqualTo(503);
  }

  @Test
  void anItemStaysWhoseFirstSeriesIsBeingCommitted() throws Exception {
    client.create("regions/GOING_2", "{\"name\": \"Going\", \"kind\": \"GROUP\"}");
    client.dataset("CHANGED_PAIRS", "A", "DECADE", "exporter=regions", "importer=regions");
    CompletableFuture<HttpResponse<String>> deletion;
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      int id = hold(statement, "CHANGED_PAIRS");
      statement.execute("select from ref.region where code = 'GOING_2' for key share");
      statement.execute(
          "insert into curated.series (dataset_id, rev, key, dimensions) values (%d,".formatted(id)
              + " 1, 'FRA.GOING_2', '{FRA,GOING_2}')");
      deletion = send("DELETE", "regions/GOING_2", "");
      PlatformForTests.await(
          "select count(*) = 1 from pg_stat_activity where application_name = 'refdata'"
              + " and wait_event = 'transactionid'");
      own.commit();
    }
    assertThat(deletion.get().statusCode()).as(deletion.get().body()).isEqualTo(409);
    assertThat(deletion.get().body()).contains("datasets/CHANGED_PAIRS/series/FRA.GOING_2");
  }

  /**
   * Holds a dataset, as a load does that is being merged into it.
   *
   * @return its id
   */
  private static int hold(Statement statement, String dataset) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "select id, ref.lock_topic(id) from curated.dataset where code = '" + dataset + "'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private CompletableFuture<HttpResponse<String>> send(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s:%d/api/v1/%s".formatted(RestAssured.baseURI, RestAssured.port, path)))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!method.equals("POST")) {
      request.header("If-Match", "*");
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }
}
