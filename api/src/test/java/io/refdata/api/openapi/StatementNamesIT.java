package io.refdata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Every statement that the platform sends has its name in {@code pg_stat_statements}. */
@ArquillianTest
class StatementNamesIT {
  /** Without those of functions, and of the server's own record of batch jobs. */
  private static final String UNNAMED =
      """
      select /* StatementNamesIT.unnamed */ query
        from pg_stat_statements
       where dbid = (select oid from pg_database where datname = current_database())
         and toplevel
         and query !~ '^[\\s(]*\\w+ /[*] [A-Za-z0-9_.]+ [*]/'
         and query !~ '^(INSERT INTO|UPDATE) (JOB|STEP)_(INSTANCE|EXECUTION)'
      """;

  @Test
  void everyStatementHasAName() throws Exception {
    Questions.fill();
    assertThat(ask("select /* StatementNamesIT.reset */ pg_stat_statements_reset()::text"))
        .hasSize(1);
    write();
    for (Questions.Question question : Questions.all()) {
      given().urlEncodingEnabled(false).header("Cache-Control", "no-cache").get(question.path());
    }
    assertThat(ask(UNNAMED)).isEmpty();
    assertThat(ask("select /* StatementNamesIT.named */ query from pg_stat_statements"))
        .hasSizeGreaterThan(50);
  }

  /** Writes by each kind of writer. */
  private static void write() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.create("units/NAMED", "{\"name\": \"Named\"}");
    given()
        .header("If-Match", "*")
        .contentType("application/merge-patch+json")
        .body("{\"name\": \"Named anew\"}")
        .patch("/api/v1/units/NAMED")
        .then()
        .statusCode(200);
    given().header("If-Match", "*").delete("/api/v1/units/NAMED").then().statusCode(204);
    client.create(
        "layouts/named",
        """
        {"into": "units", "properties": {"code": {"column": "code"}, "name": {"column": "name"}}}
        """);
    client.load("layout=named", BodyPublishers.ofString("code,name\nNAMED_2,Named\n"));
    client.yearly("NAMED", "region=regions");
    client.load(
        "into=datasets/NAMED",
        BodyPublishers.ofString("region,time,value\nDEU,2020,1\nFRA,2021,2\n"));
    client.push("NAMED", "[{\"region\": \"DEU\", \"time\": \"2020\", \"value\": 3}]");
    given().post("/api/v1/database/partitions/maintenance").then().statusCode(200);
  }

  private static List<String> ask(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
