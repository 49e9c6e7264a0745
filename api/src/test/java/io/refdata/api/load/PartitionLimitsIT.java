package io.refdata.api.load;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which partitions there are is what is on record, and how many is bounded. */
@ArquillianTest
class PartitionLimitsIT {
  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void describe() throws Exception {
    client.create("indicators/parted", "{\"name\": \"Parted\"}");
  }

  @Test
  void aPushIntoMoreDaysThanADatasetMayHaveMakesNone() throws Exception {
    client.dataset("MANY_DAYS", "D", "DAY", "indicator=indicators");
    given()
        .contentType("application/json")
        .body(
            IntStream.range(0, 1_001)
                .mapToObj(
                    day ->
                        "{\"indicator\": \"parted\", \"time\": \"%s\", \"value\": 1}"
                            .formatted(LocalDate.of(2020, 1, 1).plusDays(day)))
                .collect(Collectors.joining(",", "[", "]")))
        .post("/api/v1/datasets/MANY_DAYS/observations")
        .then()
        .statusCode(409)
        .body("detail", containsString("1,001 more partitions"))
        .body("detail", containsString("room for 1,000"));
    assertThat(
            answer(
                "select count(*) from pg_class where relkind = 'r' and relname ~ %s", "MANY_DAYS"))
        .isEqualTo("0");
  }

  /** As five scripts of operators do: the table keeps its name, and nobody else knows. */
  @Test
  void aTableThatWasDetachedByHandIsStillReadAndWritten() throws Exception {
    client.dataset("DETACHED", "A", "DECADE", "indicator=indicators");
    load("indicator,time,value\nparted,2000,1\nparted,2015,2\n");
    String leaf =
        answer(
            "select leaf from curated.partition p where kind = 'VALUE' and lower = '2010-01-01Z'"
                + " and 'observation_' || dataset_id ~ %s",
            "DETACHED");
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "alter table curated.%s detach partition curated.%s"
              .formatted(leaf.replaceFirst("_\\d+_\\d+$", ""), leaf));
    }
    load("indicator,time,value\nparted,2015,3\nparted,2016,4\n");
    assertThat(
            client
                .text("datasets/DETACHED/observations", "text/csv")
                .lines()
                .skip(1)
                .map(line -> line.substring("parted,parted,".length())))
        .containsExactly("2000,1.0,A", "2015,3.0,A", "2016,4.0,A");
  }

  private void load(String csv) throws Exception {
    assertThat(
            client
                .load("into=datasets/DETACHED", BodyPublishers.ofString(csv))
                .get("state")
                .asText())
        .isEqualTo("COMPLETED");
  }

  /**
   * The one text that a query answers with, given the pattern of the names of a dataset's tables.
   */
  private static String answer(String query, String dataset) throws Exception {
    String names =
        "(select '^observation(_vintage)?_' || id || '(_\\d|$)' from curated.dataset where code = '%s')"
            .formatted(dataset);
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query.formatted(names))) {
      row.next();
      return row.getString(1);
    }
  }
}
