package io.refdata.api.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Maintenance by schedule and by call, as operators see it. */
@ArquillianTest
class MaintenanceIT {
  private final PlatformClient client = PlatformForTests.client();

  private static ValidatableResponse call(String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/database/maintenance")
        .then();
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aTableThatIsNamedIsMaintained() {
    call("{\"tasks\": [\"ANALYZE\"], \"tables\": [\"facility\"]}")
        .statusCode(200)
        .body("steps", hasSize(1))
        .body("steps[0].task", equalTo("ANALYZE"))
        .body("steps[0].subject", equalTo("ref.facility"))
        .body("steps[0].outcome", equalTo("DONE"));
    call("{\"tables\": [\"ref.facility\"]}")
        .statusCode(200)
        .body("steps.task", hasItems("VACUUM", "ANALYZE", "REINDEX"))
        .body("steps.subject", hasItems("ref.facility", "ref.facility_pkey"))
        .body("steps.outcome", everyItem(equalTo("DONE")));
    given()
        .get("/api/v1/database/maintenance?limit=5")
        .then()
        .statusCode(200)
        .body("steps", hasSize(5))
        .body("steps.at", everyItem(notNullValue()));
  }

  @Test
  void withoutABodyAllIsDoneThatIsNeeded() {
    given()
        .post("/api/v1/database/maintenance")
        .then()
        .statusCode(200)
        .body("steps", notNullValue());
    given()
        .get("/api/v1/database/maintenance")
        .then()
        .statusCode(200)
        .body(
            "schedules.task",
            hasItems("ANALYZE", "VACUUM", "REINDEX", "DELETE_OLD_RECORDS", "PARTITIONS"))
        .body("schedules.find { it.task == 'VACUUM' }.every", equalTo("PT1H"))
        .body("schedules.find { it.task == 'VACUUM' }.lastRun.outcome", notNullValue());
  }

  @Test
  void whatIsNotKnownIsRefusedByItsName() {
    call("{\"tasks\": [\"VACUM\", \"ANALYZE\"], \"tables\": [\"facilty\", \"pg_class\"], \"table\":"
            + " \"x\"}")
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/tasks/0", "/tables/0", "/tables/1", "/table"))
        .body(
            "errors.detail",
            hasItem(containsString("'VACUM' for tables; there are VACUUM, ANALYZE, REINDEX")))
        .body("errors.detail", hasItem(containsString("'facilty'")))
        .body("errors.detail", hasItem(containsString("'pg_class'")));
    call("{\"tasks\": [\"DELETE_OLD_RECORDS\"], \"tables\": [\"facility\"]}").statusCode(400);
    call("[]").statusCode(400);
    given()
        .contentType("text/plain")
        .body("ANALYZE")
        .post("/api/v1/database/maintenance")
        .then()
        .statusCode(415);
  }

  @Test
  void oldBatchJobsAreDeletedAndYoungOnesStay() throws Exception {
    client.yearly("JOBS", "region=regions");
    client.load("into=datasets/JOBS", BodyPublishers.ofString("region,time,value\nDEU,2020,1\n"));
    long old = number("select max(jobinstanceid) from job_instance");
    // The job tidies up after its load is completed.
    await()
        .until(
            () ->
                number(
                        "select count(*) from job_execution where batchstatus = 'COMPLETED' and"
                            + " jobinstanceid = "
                            + old)
                    == 1);
    execute(
        """
        update job_execution set createtime = now() - interval '31 days', starttime = now() - interval '31 days',
               lastupdatedtime = now() - interval '31 days', endtime = now() - interval '31 days'
         where jobinstanceid = %d
        """
            .formatted(old));
    client.load("into=datasets/JOBS", BodyPublishers.ofString("region,time,value\nDEU,2021,1\n"));
    long young = number("select max(jobinstanceid) from job_instance");
    assertThat(young).isGreaterThan(old);
    call("{\"tasks\": [\"DELETE_OLD_RECORDS\"]}")
        .statusCode(200)
        .body("steps.find { it.subject == 'batch jobs' }.detail", containsString("rows older than"))
        .body("steps.outcome", everyItem(equalTo("DONE")))
        .body("steps.size()", greaterThan(4));
    assertThat(number("select count(*) from job_instance where jobinstanceid = " + old)).isZero();
    assertThat(number("select count(*) from job_execution where jobinstanceid = " + old)).isZero();
    assertThat(number("select count(*) from job_instance where jobinstanceid = " + young)).isOne();
  }

  @Test
  void aTaskThatIsAskedForInSqlIsRunByTheServer() throws Exception {
    String began =
        "select extract(epoch from began_at) * 1000 from performance_monitoring.schedule where task"
            + " = 'ANALYZE'";
    long before = number(began);
    execute(
        "set role refdata_operator; select performance_monitoring.schedule_maintenance('ANALYZE')");
    await().atMost(Duration.ofMinutes(2)).until(() -> number(began) > before);
  }
}
