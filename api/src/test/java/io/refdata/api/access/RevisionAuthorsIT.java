package io.refdata.api.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Each kind of write leaves who did it, why, and in which request. */
@ArquillianTest
class RevisionAuthorsIT {
  private static final String API = "/api/v1/";

  private final PlatformClient client = PlatformForTests.client();

  /** The author and the reason on record of a request: {@code by|reason}, once for each row. */
  private static List<String> onRecord(String table, String request) throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select by || '|' || reason from " + table + " where request_id = ?")) {
      statement.setString(1, request);
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static RequestSpecification as(String request) {
    return given()
        .contentType("application/json")
        .header("X-Request-Id", request)
        .header("X-Change-Reason", "because of " + request);
  }

  /** A write that leaves one revision. */
  private static void leavesRevision(String request, Response response) throws SQLException {
    assertThat(response.statusCode()).as(response.asString()).isBetween(200, 299);
    assertThat(response.header("X-Request-Id")).isEqualTo(request);
    assertThat(onRecord("ref.revision", request))
        .as(request)
        .containsExactly("anonymous|because of " + request);
  }

  /** A write that leaves an action. */
  private static void leavesAction(String request, Response response) throws SQLException {
    assertThat(response.statusCode()).as(response.asString()).isBetween(200, 299);
    assertThat(onRecord("performance_monitoring.action", request))
        .as(request)
        .containsExactly("anonymous|because of " + request);
  }

  @Test
  void itemsLayoutsAndDatasetsKeepTheRequest() throws Exception {
    String organization = "{\"name\": \"Authors\"}";
    leavesRevision(
        "ra-put",
        as("ra-put")
            .header("If-None-Match", "*")
            .body(organization)
            .put(API + "organizations/RA_ONE"));
    String tag = given().get(API + "organizations/RA_ONE").header("ETag");
    leavesRevision(
        "ra-patch",
        as("ra-patch")
            .contentType("application/merge-patch+json")
            .header("If-Match", tag)
            .body("{\"name\": \"Authors again\"}")
            .patch(API + "organizations/RA_ONE"));
    given()
        .get(API + "organizations/RA_ONE/history")
        .then()
        .body("items[0].requestId", equalTo("ra-patch"))
        .body("items[1].requestId", equalTo("ra-put"));
    tag = given().get(API + "organizations/RA_ONE").header("ETag");
    leavesRevision(
        "ra-delete", as("ra-delete").header("If-Match", tag).delete(API + "organizations/RA_ONE"));
    leavesRevision(
        "ra-layout",
        as("ra-layout")
            .header("If-None-Match", "*")
            .body(
                "{\"into\": \"organizations\", \"properties\": {\"code\": {\"column\": \"c\"},"
                    + " \"name\": {\"column\": \"n\"}}}")
            .put(API + "layouts/RA_LAYOUT"));
    client.yearly("RA_DATA", "region=regions");
    leavesRevision(
        "ra-push",
        as("ra-push")
            .body("[{\"region\": \"DEU\", \"time\": \"2001\", \"value\": 5}]")
            .post(API + "datasets/RA_DATA/observations"));
    tag = given().get(API + "datasets/RA_DATA").header("ETag");
    leavesRevision(
        "ra-drop",
        as("ra-drop").header("If-Match", tag).delete(API + "datasets/RA_DATA?purge=true"));
  }

  @Test
  void aLoadKeepsTheRequestThatSentIt() throws Exception {
    client.create(
        "layouts/RA_LOADED",
        "{\"into\": \"organizations\", \"properties\": {\"code\": {\"column\": \"c\"}, \"name\":"
            + " {\"column\": \"n\"}}}");
    Number id =
        given()
            .contentType("text/csv")
            .header("X-Request-Id", "ra-load")
            .header("X-Change-Reason", "because of ra-load")
            .body("c,n\nRA_LOADED,Loaded\n")
            .post(API + "loads?layout=RA_LOADED")
            .then()
            .statusCode(202)
            .body("requestId", equalTo("ra-load"))
            .body("by", equalTo("anonymous"))
            .extract()
            .path("id");
    assertThat(client.ended(id.longValue()).get("state").textValue()).isEqualTo("COMPLETED");
    assertThat(onRecord("raw.load", "ra-load")).containsExactly("anonymous|because of ra-load");
    assertThat(onRecord("ref.revision", "ra-load")).containsExactly("anonymous|because of ra-load");
  }

  @Test
  void actionsThatLeaveNoRevisionAreOnRecord() throws Exception {
    leavesAction("ra-cache", as("ra-cache").delete(API + "database/caches/series"));
    leavesAction(
        "ra-maintain",
        as("ra-maintain")
            .body("{\"tasks\": [\"ANALYZE\"], \"tables\": [\"ref.region\"]}")
            .post(API + "database/maintenance"));
    leavesAction(
        "ra-silence",
        as("ra-silence")
            .body(
                "{\"matchers\": {\"node\": \"none\"}, \"until\": \"%s\", \"reason\": \"test\"}"
                    .formatted(Instant.now().plusSeconds(60)))
            .post(API + "monitoring/silences"));
    assertThat(as("ra-refused").body("{}").post(API + "monitoring/silences").statusCode())
        .isEqualTo(400);
    given()
        .get(API + "access/actions?action=SILENCES&limit=1000")
        .then()
        .statusCode(200)
        .body("items.find { it.requestId == 'ra-refused' }.status", equalTo(400))
        .body("items.find { it.requestId == 'ra-silence' }.status", equalTo(201));
  }

  @Test
  void aWriteWithoutARequestIdGetsOne() throws Exception {
    String id =
        given()
            .contentType("application/json")
            .header("X-Change-Reason", "none given")
            .header("If-None-Match", "*")
            .body("{\"name\": \"Without\"}")
            .put(API + "organizations/RA_TWO")
            .then()
            .header("X-Request-Id", matchesPattern("[0-9a-f]{32}"))
            .extract()
            .header("X-Request-Id");
    assertThat(onRecord("ref.revision", id)).containsExactly("anonymous|none given");
    given()
        .header("Authorization", "Bearer nonsense")
        .contentType("application/json")
        .body("{\"name\": \"Refused\"}")
        .put(API + "organizations/RA_REFUSED")
        .then()
        .statusCode(401)
        .header("X-Request-Id", matchesPattern("[0-9a-f]{32}"));
    String longer = "x".repeat(201);
    assertThat(
            as(longer)
                .header("If-None-Match", "*")
                .body("{\"name\": \"Longer\"}")
                .put(API + "organizations/RA_THREE")
                .header("X-Request-Id"))
        .matches("[0-9a-f]{32}");
  }
}
