package io.refdata.api.observation;

import static io.refdata.api.observation.Co2.DATASETS;
import static io.refdata.api.observation.Co2.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups and larger regions that are worked out from their members. */
@ArquillianTest
class AggregatesIT {
  private final PlatformClient client = PlatformForTests.client();

  /** A union of France and Germany, which Poland joined in 2004 and Britain left in 2020. */
  @BeforeEach
  void union() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.create("indicators/people", "{\"name\": \"People\"}");
    client.create("regions/AG_UNION", "{\"name\": \"A union\", \"kind\": \"GROUP\"}");
    client.create("regions/AG_WORLD", "{\"name\": \"More\", \"kind\": \"GROUP\"}");
    member("AG_UNION", "FRA", "");
    member("AG_UNION", "DEU", "");
    member("AG_UNION", "POL", ", \"validFrom\": \"2004-05-01\"");
    member("AG_UNION", "GBR", ", \"validTo\": \"2020-01-31\"");
    member("AG_WORLD", "AG_UNION", "");
    member("AG_WORLD", "FRA", "");
    member("AG_WORLD", "BRA", "");
  }

  private void member(String group, String member, String days) throws Exception {
    client.create(
        "memberships/%s-%s".formatted(group, member),
        """
        {"name": "Member", "group": {"code": "%s"}, "member": {"code": "%s"}%s}\
        """
            .formatted(group, member, days));
  }

  private void push(String dataset, String indicator, String... observations) throws Exception {
    client.yearly(dataset, "region=regions", "indicator=indicators");
    StringBuilder rows = new StringBuilder("[");
    for (String observation : observations) {
      String[] cells = observation.split(" ", -1);
      rows.append(rows.length() > 1 ? "," : "")
          .append(
              "{\"region\": \"%s\", \"indicator\": \"%s\", \"time\": \"%s\", \"value\": %s}"
                  .formatted(cells[0], indicator, cells[1], cells[2]));
    }
    assertThat(client.push(dataset, rows + "]").get("rejected")).isEmpty();
  }

  private static ValidatableResponse asked(String path) {
    return json().get(DATASETS + path).then();
  }

  @Test
  void aGroupIsTheSumOfThoseWhoAreMembersOnTheLastDay() throws Exception {
    push(
        "AG1",
        "co2",
        "FRA 2003 1",
        "DEU 2003 2",
        "POL 2003 4",
        "GBR 2003 8",
        "FRA 2004 1",
        "DEU 2004 2",
        "POL 2004 4",
        "GBR 2004 8",
        "FRA 2020 1",
        "POL 2020 4",
        "GBR 2020 8",
        "BRA 2020 16");
    asked("AG1/observations?key=AG_UNION.co2&aggregate=region")
        .statusCode(200)
        .body("series.key", contains("AG_UNION.co2"))
        .body("series[0].time", contains("2003", "2004", "2020"))
        .body("series[0].value", contains(11.0f, 15.0f, 5.0f))
        .body("series[0].status", contains("A", "A", "I"))
        .body("series[0].coverage", contains(1.0f, 1.0f, 0.6666667f))
        .body("series[0].missing", equalTo(List.of(List.of(), List.of(), List.of("DEU"))));
    asked("AG1/observations?region=AG_UNION,FRA&aggregate=region&from=2020")
        .body("series.key", contains("FRA.co2", "AG_UNION.co2"))
        .body("series[0].coverage", hasItem((Object) null));
    asked("AG1/observations?key=AG_UNION.co2&aggregate=region&minCoverage=1")
        .body("series[0].time", contains("2003", "2004"));
    asked("AG1/observations?key=AG_WORLD.co2&aggregate=region&from=2020")
        .body("series[0].value", contains(21.0f));
    asked("AG1/observations?key=AG_UNION.co2&aggregate=region&aggregation=MAX&transform=chg")
        .body("series[0].value", contains(null, 0.0f, null));
    given()
        .accept("text/csv")
        .get(DATASETS + "AG1/observations?key=AG_UNION.co2&aggregate=region&from=2004")
        .then()
        .body(
            equalTo(
                """
                key,region,indicator,time,value,status,coverage,missing
                AG_UNION.co2,AG_UNION,co2,2004,15.0,A,1.0,
                AG_UNION.co2,AG_UNION,co2,2020,5.0,I,0.6666666666666666,DEU
                """));
    asked(
            "AG1/observations?key=AG_UNION.co2&aggregate=region&transform=index:2020&from=2004&to=2004")
        .body("series[0].value", contains(300.0f))
        .body("series[0].status", contains("I"))
        .body("series[0].missing", contains(List.of("DEU")));
  }

  @Test
  void membersOfAStockAddUpAndItsLastValueCounts() throws Exception {
    client.create("indicators/stock", "{\"name\": \"Stock\", \"aggregation\": \"LAST\"}");
    client.dataset("AG_STOCK", "M", "DECADE", "region=regions", "indicator=indicators");
    StringBuilder rows = new StringBuilder();
    for (int month = 1; month <= 12; month++) {
      for (String region : List.of("FRA", "DEU", "POL")) {
        rows.append(
            "%s{\"region\": \"%s\", \"indicator\": \"stock\", \"time\": \"2021-%02d\", \"value\": %d}"
                .formatted(rows.isEmpty() ? "[" : ",", region, month, month));
      }
    }
    assertThat(client.push("AG_STOCK", rows + "]").get("rejected")).isEmpty();
    String question = "AG_STOCK/observations?key=AG_UNION.stock&aggregate=region";
    asked(question + "&last=1").statusCode(200).body("series[0].value", contains(36.0f));
    asked(question + "&frequency=A").statusCode(200).body("series[0].value", contains(36.0f));
    asked(question + "&frequency=A&aggregation=FIRST")
        .statusCode(200)
        .body("series[0].value", contains(3.0f));
    asked(question + "&aggregation=LAST").statusCode(400);
  }

  @Test
  void aContinentIsTheSumOfTheCountriesBelowIt() throws Exception {
    push("AG2", "co2", "FRA 2019 1", "DEU 2019 2", "BRA 2019 16");
    asked("AG2/observations?key=M49-150.co2&aggregate=region")
        .body("series[0].value", contains(3.0f))
        .body("series[0].status", contains("I"))
        .body("series[0].missing[0]", hasItem("GRC"));
  }

  @Test
  void pagesAndEndsAreOfResults() throws Exception {
    push(
        "AG3",
        "co2",
        "FRA 2017 1",
        "DEU 2017 2",
        "FRA 2018 3",
        "DEU 2018 4",
        "FRA 2019 5",
        "DEU 2019 6");
    String url = "AG3/observations?key=AG_UNION,FRA.co2&aggregate=region&limit=2";
    String next = asked(url).body("series.key", contains("FRA.co2")).extract().path("next");
    next =
        asked(url + "&after=" + next)
            .body("series.key", contains("FRA.co2", "AG_UNION.co2"))
            .body("series[1].value", contains(3.0f))
            .extract()
            .path("next");
    asked(url + "&after=" + next)
        .body("series.key", contains("AG_UNION.co2"))
        .body("series[0].value", contains(7.0f, 11.0f))
        .body("next", equalTo(null));
    asked("AG3/observations?key=AG_UNION.co2&aggregate=region&last=1")
        .body("series[0].value", contains(11.0f));
  }

  @Test
  void aSeriesOfItsOwnGoesFirstButNotBeforeItCame() throws Exception {
    push("AG4", "co2", "FRA 2019 1", "DEU 2019 2");
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    push("AG4", "co2", "AG_UNION 2019 100");
    asked("AG4/observations?key=AG_UNION.co2&aggregate=region")
        .body("series[0].value", contains(100.0f));
    asked("AG4/observations?key=AG_UNION.co2&aggregate=region&asOf=" + before)
        .body("series[0].value", contains(3.0f));
  }

  @Test
  void aMeanIsWeightedByAnotherDataset() throws Exception {
    push("AG5", "co2", "FRA 2019 10", "DEU 2019 20", "GBR 2019 7");
    push("AG5W", "people", "FRA 2019 1", "DEU 2019 3");
    String url = "AG5/observations?key=AG_UNION.co2&aggregate=region&weight=AG5W";
    asked(url + ":*.people")
        .body("series[0].value", contains(17.5f))
        .body("series[0].missing[0]", contains("GBR", "POL"));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    push("AG5W", "people", "FRA 2019 3");
    asked(url).body("series[0].value", contains(15.0f));
    asked(url + "&asOf=" + before).body("series[0].value", contains(17.5f));
    push("AG5W", "co2", "FRA 2019 3");
    asked(url).statusCode(400).body("errors.parameter", contains("weight"));
  }

  @Test
  void anAnswerFollowsMembershipsAndRegions() throws Exception {
    client.create("regions/AG_NEW", "{\"name\": \"New\", \"kind\": \"GROUP\"}");
    push("AG6", "co2", "FRA 2019 1", "DEU 2019 2");
    String url = "AG6/observations?key=AG_NEW.co2&aggregate=region";
    asked(url).body("series", hasSize(0));
    asked(url).body("series", hasSize(0));
    member("AG_NEW", "FRA", "");
    asked(url).body("series[0].value", contains(1.0f));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    member("AG_NEW", "DEU", "");
    asked(url).body("series[0].value", contains(3.0f));
    asked(url + "&asOf=" + before).body("series[0].value", contains(1.0f));
    String membership = "/api/v1/memberships/AG_NEW-DEU";
    String tag = json().get(membership).header("ETag");
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", tag)
        .body("{\"validTo\": \"2018-12-31\"}")
        .patch(membership)
        .then()
        .statusCode(200);
    asked(url).body("series[0].value", contains(1.0f));
    String region = "/api/v1/regions/FRA";
    tag = json().get(region).header("ETag");
    String patched =
        given()
            .contentType("application/merge-patch+json")
            .header("If-Match", tag)
            .body("{\"validFrom\": \"2020-01-01\"}")
            .patch(region)
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    asked(url).body("series", hasSize(0));
    given()
        .contentType("application/merge-patch+json")
        .header("If-Match", patched)
        .body("{\"validFrom\": null}")
        .patch(region)
        .then()
        .statusCode(200);
    asked(url).body("series[0].value", contains(1.0f));
  }

  @Test
  void whatCannotBeWorkedOutIsRefused() throws Exception {
    push("AG7", "co2", "FRA 2019 1");
    String url = "AG7/observations?aggregate=";
    asked(url + "indicator").statusCode(400).body("errors.parameter", contains("aggregate"));
    asked(url + "region").statusCode(400).body("errors.parameter", contains("aggregate"));
    asked(url + "region&within=M49-150").statusCode(400);
    asked(url + "region&key=AG_UNION.co2&aggregation=LAST&weight=NOWHERE&minCoverage=2")
        .statusCode(400)
        .body("errors.parameter", containsInAnyOrder("aggregation", "weight", "minCoverage"));
    asked("AG7/observations?weight=AG7").statusCode(400);
    asked("AG7/observations?aggregation=SUM").statusCode(400);
  }
}
