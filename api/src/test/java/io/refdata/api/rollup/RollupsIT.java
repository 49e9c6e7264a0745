package io.refdata.api.rollup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A dataset with rollups gives the bytes of its twin that has none. */
@ArquillianTest
class RollupsIT {
  private static final String DATASETS = "/api/v1/datasets/";
  private static final List<String> ROLLED = List.of("RU_ROLLED", "RU_PLAIN");

  private static final List<String> QUESTIONS =
      List.of(
          "frequency=M&aggregation=SUM",
          "frequency=A&aggregation=MEAN",
          "frequency=M&aggregation=MAX&key=DEU&from=2020-03&to=2020-11",
          "frequency=M&aggregation=FIRST&minCoverage=0.9",
          "frequency=M&aggregation=LAST&transform=pc1&last=3",
          "frequency=M&aggregation=MIN&transform=ma:3&limit=7",
          "frequency=M&aggregation=SUM&shape=wide",
          "frequency=W&aggregation=SUM&first=2",
          "aggregate=region&key=EU27&frequency=M&aggregation=SUM",
          "aggregate=region&key=EU27,EU&frequency=A&aggregation=MEAN&minCoverage=0.01",
          "aggregate=region&key=EU27&frequency=M&aggregation=SUM&transform=pc1&limit=3",
          "aggregate=region&key=EU27,DEU&frequency=M&aggregation=SUM&shape=wide",
          "aggregate=region&key=EU27");

  private final PlatformClient client = PlatformForTests.client();

  @Test
  void aDatasetWithRollupsAnswersWithTheBytesOfOneWithout() throws Exception {
    Random random = new Random(19);
    for (String dataset : ROLLED) {
      client.dataset(dataset, "D", "QUARTER", "region=regions");
    }
    client.create("datasets/RU_ROLLED/rollups/MONTHS", "{\"frequency\": \"M\"}");
    client.create("datasets/RU_ROLLED/rollups/EU_MONTHS", regions("M", null, "\"EU27\", \"EU\""));
    loadBoth("UPSERT", days(random, "2020-01-01", 500));
    client.create("datasets/RU_ROLLED/rollups/EU_YEARS", regions("A", "MEAN", "\"EU27\", \"EU\""));
    client.create("datasets/RU_ROLLED/rollups/EU_DAYS", regions("D", null, "\"EU27\""));
    client.create("datasets/RU_ROLLED/rollups/YEARS", "{\"frequency\": \"A\"}");
    List<Instant> instants = new ArrayList<>();
    List<List<String>> past = new ArrayList<>();
    instants.add(now());
    past.add(same(""));
    // Late values, revisions and a deletion of a quarter.
    for (String dataset : ROLLED) {
      assertThat(
              client
                  .push(
                      dataset,
                      """
                      [{"region": "FRA", "time": "2019-12-31", "value": 0.1},
                       {"region": "ITA", "time": "2019-12-30", "value": 1.5e308},
                       {"region": "ITA", "time": "2019-12-31", "value": 1.5e308},
                       {"region": "DEU", "time": "2020-06-30", "value": 1e16, "status": "E"}]
                      """)
                  .get("rejected"))
          .isEmpty();
    }
    // The sum of 2019 is too large for a double, and its mean is not.
    assertThat(ask("RU_ROLLED", "frequency=A&aggregation=MEAN&key=ITA&format=csv").asString())
        .contains("ITA,ITA,2019,1.5E308,");
    instants.add(now());
    past.add(same(""));
    loadBoth("REPLACE", days(random, "2020-04-01", 400));
    past.add(same(""));
    assertThat(past.get(0)).isNotEqualTo(past.get(1));
    assertThat(past.get(1)).isNotEqualTo(past.get(2));
    for (int i = 0; i < instants.size(); i++) {
      assertThat(same("&asOf=" + instants.get(i))).isEqualTo(past.get(i));
      assertThat(same("&knownAt=" + instants.get(i))).isEqualTo(past.get(i));
    }
    assertThat(statements("RU_ROLLED", "frequency=M&aggregation=SUM"))
        .contains("desc=\"3 statements\"");
    assertThat(statements("RU_ROLLED", QUESTIONS.get(8))).contains("desc=\"4 statements\"");
    // Without the rollups they stay the same, and so do the entity tags.
    String tag = ask("RU_ROLLED", QUESTIONS.get(0)).header("ETag");
    for (String name : List.of("MONTHS", "YEARS", "EU_MONTHS", "EU_YEARS", "EU_DAYS")) {
      given()
          .header("If-Match", "*")
          .delete(DATASETS + "RU_ROLLED/rollups/" + name)
          .then()
          .statusCode(204);
    }
    assertThat(ask("RU_ROLLED", QUESTIONS.get(0)).header("ETag")).isEqualTo(tag);
    assertThat(same("")).isEqualTo(past.get(2));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  private static String days(Random random, String first, int days) {
    StringBuilder csv = new StringBuilder("region,time,value\n");
    for (String region : List.of("DEU", "FRA", "ITA")) {
      for (int day = 0; day < days; day++) {
        if (random.nextInt(10) > 0) {
          csv.append(region)
              .append(',')
              .append(LocalDate.parse(first).plusDays(day))
              .append(',')
              .append(random.nextGaussian() * 1000)
              .append('\n');
        }
      }
    }
    return csv.toString();
  }

  private void loadBoth(String mode, String csv) throws Exception {
    for (String dataset : ROLLED) {
      assertThat(
              client
                  .load(
                      "into=datasets/%s&mode=%s&maxDeleteRatio=1".formatted(dataset, mode),
                      BodyPublishers.ofString(csv))
                  .get("state")
                  .asText())
          .isEqualTo("COMPLETED");
    }
  }

  /** The answers to all questions, which are the same of both. */
  private static List<String> same(String more) {
    List<String> answers = new ArrayList<>();
    for (String question : QUESTIONS) {
      for (String format : List.of("json", "csv")) {
        String asked = question + "&format=" + format + more;
        String answer = withoutCursor(ask("RU_ROLLED", asked));
        assertThat(answer).as(asked).isEqualTo(withoutCursor(ask("RU_PLAIN", asked)));
        answers.add(answer);
      }
    }
    return answers;
  }

  /** A cursor is good for one dataset only. */
  private static String withoutCursor(Response answer) {
    return answer.asString().replaceFirst("\"next\":\"[^\"]*\"", "\"next\":\"\"");
  }

  private static Response ask(String dataset, String question) {
    Response answer = given().get(DATASETS + dataset + "/observations?" + question);
    assertThat(answer.statusCode()).as(question + answer.asString()).isEqualTo(200);
    return answer;
  }

  private static String statements(String dataset, String question) {
    return given()
        .header("Cache-Control", "no-cache")
        .get(DATASETS + dataset + "/observations?" + question)
        .header("Server-Timing");
  }

  private static io.restassured.specification.RequestSpecification json(String body) {
    return given().contentType(ContentType.JSON).body(body);
  }

  @Test
  void aRollupIsCreatedReadListedReplacedAndDeleted() throws Exception {
    client.dataset("RU_EDITED", "D", "YEAR", "region=regions");
    String rollup = DATASETS + "RU_EDITED/rollups/YEARS";
    json("{\"frequency\": \"A\", \"aggregation\": null, \"aggregate\": {}}")
        .put(rollup)
        .then()
        .statusCode(201)
        .header("Location", org.hamcrest.Matchers.endsWith(rollup))
        .body("name", equalTo("YEARS"))
        .body("frequency", equalTo("A"));
    json("{\"frequency\": \"A\"}").put(rollup).then().statusCode(428);
    String tag = given().get(rollup).then().statusCode(200).extract().header("ETag");
    json("{\"frequency\": \"Q\", \"aggregation\": \"SUM\"}")
        .header("If-Match", tag)
        .put(rollup)
        .then()
        .statusCode(200)
        .body("aggregation", equalTo("SUM"));
    given().header("If-Match", tag).delete(rollup).then().statusCode(412);
    json(regions("D", null, "\"EU27\", \"M49-150\""))
        .header("If-Match", "*")
        .put(rollup)
        .then()
        .statusCode(200)
        .body("aggregate.region", contains("EU27", "M49-150"));
    json("{\"frequency\": \"Q\", \"aggregation\": \"SUM\"}")
        .header("If-Match", "*")
        .put(rollup)
        .then()
        .body("aggregate", nullValue());
    given()
        .get(DATASETS + "RU_EDITED/rollups")
        .then()
        .statusCode(200)
        .body("items.name", contains("YEARS"))
        .body("items.frequency", contains("Q"));
    given().get(DATASETS + "RU_EDITED/rollups?first=1").then().statusCode(400);
    // The frequency of the dataset is fixed meanwhile.
    json("""
    {"name": "RU_EDITED", "frequency": "M", "partitioning": {"interval": "YEAR"},
     "dimensions": [{"code": "region", "values": "regions"}]}
    """)
        .header("If-Match", "*")
        .put(DATASETS + "RU_EDITED")
        .then()
        .statusCode(409);
    given().header("If-Match", "*").delete(rollup).then().statusCode(204);
    given().get(rollup).then().statusCode(404);
    given().header("If-Match", "*").delete(rollup).then().statusCode(404);
    json("{\"frequency\": \"A\"}").put(DATASETS + "RU_NONE/rollups/X").then().statusCode(404);
  }

  @Test
  void aRegionThatARollupKeepsIsNotDeleted() throws Exception {
    client.dataset("RU_KEPT", "M", "YEAR", "region=regions");
    client.create("regions/RU_GROUP", "{\"name\": \"Kept\", \"kind\": \"GROUP\"}");
    client.create(
        "memberships/RU_MEMBER",
        """
        {"name": "Member", "group": {"code": "RU_GROUP"}, "member": {"code": "FRA"}}\
        """);
    json(regions("A", null, "\"RU_GROUP\""))
        .put(DATASETS + "RU_KEPT/rollups/GROUPS")
        .then()
        .statusCode(201);
    String api = DATASETS.replace("datasets/", "");
    given().header("If-Match", "*").delete(api + "memberships/RU_MEMBER").then().statusCode(204);
    given()
        .header("If-Match", "*")
        .delete(api + "regions/RU_GROUP")
        .then()
        .statusCode(409)
        .body("detail", containsString("datasets/RU_KEPT/rollups/GROUPS"));
  }

  @Test
  void whatCantBeKeptIsRefusedWithAPointer() throws Exception {
    client.dataset("RU_WEEKS", "W", "YEAR", "region=regions");
    client.dataset("RU_MONTHS", "M", "YEAR", "region=regions");
    refused("RU_WEEKS", "{\"frequency\": \"M\"}", "/frequency");
    refused("RU_MONTHS", "{\"frequency\": \"D\"}", "/frequency");
    refused("RU_MONTHS", "{\"frequency\": \"M\"}", "/frequency");
    refused("RU_MONTHS", "{\"frequency\": \"X\"}", "/frequency");
    refused("RU_MONTHS", "{}", "/frequency");
    refused("RU_MONTHS", "{\"frequency\": \"A\", \"aggregation\": \"MEDIAN\"}", "/aggregation");
    refused("RU_MONTHS", regions("A", null, "\"DEU\", \"RU_NOWHERE\""), "/aggregate/region");
    refused("RU_MONTHS", regions("A", null, ""), "/aggregate/region");
    refused("RU_MONTHS", regions("A", null, "\"EU 27\""), "/aggregate/region");
    refused("RU_MONTHS", regions("A", "LAST", "\"EU27\""), "/aggregation");
    refused("RU_MONTHS", regions("D", null, "\"EU27\""), "/frequency");
    refused(
        "RU_MONTHS",
        "{\"frequency\": \"A\", \"aggregate\": {\"place\": [\"EU27\"]}}",
        "/aggregate/place");
    refused("RU_MONTHS", "{\"frequency\": \"A\", \"zone\": \"Europe/Paris\"}", "/zone");
    given().get(DATASETS + "RU_MONTHS/rollups").then().body("items", equalTo(List.of()));
  }

  private static String regions(String frequency, @Nullable String aggregation, String codes) {
    return "{\"frequency\": \"%s\", \"aggregation\": %s, \"aggregate\": {\"region\": [%s]}}"
        .formatted(frequency, aggregation == null ? null : "\"" + aggregation + "\"", codes);
  }

  private static void refused(String dataset, String body, String pointer) {
    json(body)
        .put(DATASETS + dataset + "/rollups/R")
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItem(pointer));
  }

  @Test
  void aPurgeDeletesTheRollupsToo() throws Exception {
    client.dataset("RU_PURGED", "M", "YEAR", "region=regions");
    client.create("datasets/RU_PURGED/rollups/YEARS", "{\"frequency\": \"A\"}");
    client.push("RU_PURGED", "[{\"region\": \"DEU\", \"time\": \"2020-01\", \"value\": 1}]");
    given()
        .header("If-Match", "*")
        .delete(DATASETS + "RU_PURGED?purge=true")
        .then()
        .statusCode(204);
    given().get(DATASETS + "RU_PURGED/rollups").then().statusCode(404);
    client.dataset("RU_PURGED", "M", "YEAR", "region=regions");
    given().get(DATASETS + "RU_PURGED/rollups").then().body("items", equalTo(List.of()));
  }
}
