package io.refdata.api.performance;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running system is measured by its targets. */
@ArquillianTest
class PerformanceIT {
  private static final String RUNS = "/api/v1/performance/runs";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void fill() throws Exception {
    client.create("indicators/PROBED", "{\"name\": \"Probed\"}");
    client.create(
        "facilities/PROBED",
        "{\"name\": \"Probed\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"DEU\"}}");
    client.dataset("A_PROBED", "D", "YEAR", "indicator=indicators");
    if (given().get("/api/v1/datasets/A_PROBED/series").path("items.size()").equals(0)) {
      StringBuilder csv = new StringBuilder("indicator,time,value\n");
      for (int day = 0; day < 800; day++) {
        csv.append("PROBED,").append(LocalDate.of(2018, 1, 1).plusDays(day)).append(",1\n");
      }
      client.load("into=datasets/A_PROBED", BodyPublishers.ofString(csv.toString()));
    }
  }

  @Test
  void theTargetsHaveTheirBounds() {
    given()
        .get("/api/v1/performance/targets")
        .then()
        .statusCode(200)
        .body("items.test.unique()", hasSize(8))
        .body("items.category.unique()", hasSize(6))
        .body("items.find { it.target == 'item-p95' }.unit", equalTo("ms"))
        .body("items.find { it.target == 'item-p95' }.better", equalTo("less"));
  }

  @Test
  void aRunJudgesAllTargets() {
    Response begun = begin("");
    String address = begun.header("Location");
    begun.then().body("state", equalTo("RUNNING")).body("askedBy", equalTo("CALL"));
    JsonPath run = ended(address);
    List<String> targets = given().get("/api/v1/performance/targets").path("items.target");
    assertThat(run.getList("results.target")).isEqualTo(targets);
    assertThat(run.getInt("progress.done")).isEqualTo(targets.size());
    List<Map<String, Object>> results = run.getList("results");
    results.forEach(PerformanceIT::check);
    assertThat(verdict(run, "statements-of-item")).isEqualTo("PASS");
    assertThat(verdict(run, "statements-of-page")).isEqualTo("PASS");
    assertThat(verdict(run, "year-partitions")).isEqualTo("PASS");
    for (String measured : List.of("item-p95", "year-p95", "past-item", "past-page", "past-year")) {
      assertThat(verdict(run, measured)).isNotEqualTo("NO_DATA");
    }
    given().get(RUNS).then().statusCode(200).body("items.id", hasItem(run.getString("id")));
    page(address, run.getString("verdict"));
  }

  private static void page(String address, String verdict) {
    String page =
        given()
            .accept("text/html,application/xhtml+xml,*/*;q=0.8")
            .get(address)
            .then()
            .statusCode(200)
            .contentType(containsString("text/html"))
            .header("Content-Security-Policy", containsString("default-src 'none'"))
            .extract()
            .asString();
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("The running system: " + verdict, "past-year", "GET facilities/{code}")
        .doesNotContain("<script", "<link", "src=");
    given().accept("text/csv").get(address).then().statusCode(406);
  }

  /** The verdict is that of the figure and of the bounds beside it. */
  private static void check(Map<String, Object> result) {
    String expected = "NO_DATA";
    if (result.get("figure") instanceof Number figure) {
      double sign = "less".equals(result.get("better")) ? 1 : -1;
      double over = sign * (figure.doubleValue() - number(result, "pass"));
      double far = sign * (figure.doubleValue() - number(result, "critical"));
      expected = over <= 0 ? "PASS" : far <= 0 ? "WARNING" : "CRITICAL";
    }
    assertThat(result).containsEntry("verdict", expected);
  }

  private static double number(Map<String, Object> result, String member) {
    return ((Number) requireNonNull(result.get(member))).doubleValue();
  }

  @Test
  void anUnusableIndexIsCriticalUntilItIsGone() throws Exception {
    // Each ten minutes the server removes such indexes by itself.
    execute(
        "update performance_monitoring.schedule set due_at = now() + interval '1 hour'"
            + " where task = 'REMOVE_INVALID_INDEXES'");
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      statement.execute("create table public.probed as select 1 as a from generate_series(1, 2)");
      try {
        assertThat(
                catchThrowable(
                    () ->
                        statement.execute(
                            "create unique index concurrently probed_a on public.probed (a)")))
            .isInstanceOf(SQLException.class);
        JsonPath run = ended(begin("{\"tests\": [\"index-use\"]}").header("Location"));
        assertThat(verdict(run, "invalid-indexes")).isEqualTo("CRITICAL");
        assertThat(run.getString("results.find { it.target == 'invalid-indexes' }.detail"))
            .contains("public.probed.probed_a");
        assertThat(run.getString("verdict")).isEqualTo("CRITICAL");
      } finally {
        statement.execute("drop table public.probed");
      }
      JsonPath run = ended(begin("{\"tests\": [\"index-use\"]}").header("Location"));
      assertThat(run.getList("tests")).containsExactly("index-use");
      assertThat(verdict(run, "invalid-indexes")).isEqualTo("PASS");
    }
  }

  @Test
  void aSystemThatDoesNotAnswerIsCritical() throws Exception {
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute("lock table ref.facility, ref.facility_aud in access exclusive mode");
      String address = begin("{\"tests\": [\"statements-per-request\"]}").header("Location");
      JsonPath run = ended(address);
      own.rollback();
      assertThat(verdict(run, "statements-of-item")).isEqualTo("CRITICAL");
      assertThat(run.getString("results.find { it.target == 'statements-of-item' }.figure"))
          .isNull();
    }
  }

  @Test
  void aCallWhileOneRunsGetsThatOne() throws Exception {
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      // The run waits here, so it is under way when it is asked for again.
      statement.execute("lock table ref.facility in access exclusive mode");
      String first = begin("{\"tests\": [\"query-times\"]}").header("Location");
      Response second = begin("");
      own.rollback();
      assertThat(second.header("Location")).isEqualTo(first);
      second
          .then()
          .body("state", equalTo("RUNNING"))
          .body("tests", equalTo(List.of("query-times")));
      ended(first);
    }
  }

  @Test
  void aRunThatAStopCutOffIsMarked() throws Exception {
    execute(
        """
        insert into performance_monitoring.performance_run (id, asked_by, tests, targets)
        values ('00000000-0000-7000-8000-00000000c0ff', 'CALL', '{cache-hits}', 3)
        """);
    ended(begin("{\"tests\": [\"partitions-ahead\"]}").header("Location"));
    given()
        .get(RUNS + "/00000000-0000-7000-8000-00000000c0ff")
        .then()
        .statusCode(200)
        .body("state", equalTo("CUT_OFF"))
        .body("verdict", equalTo(null));
  }

  @Test
  void aScheduleRunsAllTestsAndCanBeTakenBack() throws Exception {
    ended(begin("{\"every\": \"PT24H\"}").header("Location"));
    PlatformForTests.await(
        """
        select every = interval '24 hours' and due_at > now() + interval '23 hours'
          from performance_monitoring.schedule where task = 'MEASURE_PERFORMANCE'
        """);
    execute(
        "update performance_monitoring.schedule set due_at = now() where task ="
            + " 'MEASURE_PERFORMANCE'");
    PlatformForTests.await(
        "select exists (select from performance_monitoring.performance_run where asked_by ="
            + " 'SCHEDULE')");
    begin("{\"every\": null}");
    PlatformForTests.await(
        """
        select not exists (select from performance_monitoring.schedule where task = 'MEASURE_PERFORMANCE')
        """);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !given().get(RUNS).path("items.state").toString().contains("RUNNING"));
  }

  @Test
  void whatIsWrongIsNamed() {
    post("{\"tests\": [\"speed\"]}", "application/json")
        .then()
        .statusCode(400)
        .body("errors[0].detail", containsString("'speed' is no test; there are index-use, "));
    post("{\"every\": \"soon\"}", "application/json").then().statusCode(400);
    post("{\"every\": \"PT1S\"}", "application/json").then().statusCode(400);
    post("{\"evry\": \"PT24H\"}", "application/json").then().statusCode(400);
    post("{\"every\": \"PT24H\", \"tests\": [\"index-use\"]}", "application/json")
        .then()
        .statusCode(400);
    post("[]", "application/json").then().statusCode(400);
    post("a,b", "text/csv").then().statusCode(415);
    given().get(RUNS + "/none").then().statusCode(404);
    given().get(RUNS + "/00000000-0000-7000-8000-000000000000").then().statusCode(404);
    given().get(RUNS + "?limit=0").then().statusCode(400);
    given().get("/api/v1/performance/targets?x=1").then().statusCode(400);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Response post(String body, String type) {
    return given().contentType(type).body(body).post(RUNS);
  }

  private static Response begin(String body) {
    Response begun = body.isEmpty() ? given().post(RUNS) : post(body, "application/json");
    assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(202);
    return begun;
  }

  private static JsonPath ended(String address) {
    Awaitility.await(address)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !given().get(address).path("state").equals("RUNNING"));
    return given().get(address).jsonPath();
  }

  private static String verdict(JsonPath run, String target) {
    return run.getString("results.find { it.target == '" + target + "' }.verdict");
  }
}
