package io.refdata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.War;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every answer keeps to the number of statements that its description gives, with empty caches and
 * with full ones, for two items as for a thousand. An endpoint without a budget has no description,
 * and without a description {@link OpenApiIT} fails.
 */
@ArquillianTest
class BudgetsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern STATEMENTS = Pattern.compile("desc=\"(\\d+) statements?\"");
  private static final Pattern CACHE = Pattern.compile("cache;desc=\"(\\w+)\"");

  /** What stands for the variables of a path, by the collection before them. */
  private static final Map<String, String> CODES =
      Map.of(
          "regions", "DEU",
          "organizations", "B_OWNER",
          "facilities", "B_1",
          "emission-sources", "B_1_SOURCE",
          "instruments", "B_GAS",
          "indicators", "B_INDICATOR",
          "units", "MWH",
          "providers", "B_PROVIDER",
          "code-lists", "FUEL",
          "datasets", "BUDGET");

  @Deployment(testable = false)
  static WebArchive platform() {
    return War.built();
  }

  @BeforeAll
  static void items() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.create("organizations/B_OWNER", "{\"name\": \"Owner\"}");
    client.create("providers/B_PROVIDER", "{\"name\": \"Provider\"}");
    client.create(
        "indicators/B_INDICATOR", "{\"name\": \"Indicator\", \"unit\": {\"code\": \"MWH\"}}");
    client.create("instruments/B_GAS", "{\"name\": \"Gas\", \"kind\": \"GAS\"}");
    for (int i = 1; i <= 60; i++) {
      client.create(
          "facilities/B_" + i,
          """
          {"name": "Plant", "kind": "POWER_PLANT", "region": {"code": "DEU"}, "organization": {"code": "B_OWNER"},
           "owners": [{"organization": {"code": "B_OWNER"}, "share": 1}]}
          """);
      client.create(
          "emission-sources/B_%d_SOURCE".formatted(i),
          "{\"name\": \"Stack\", \"facility\": {\"code\": \"B_%d\"}, \"scope\": 1, \"gas\": \"CO2\"}"
              .formatted(i));
    }
    client.create(
        "datasets/BUDGET",
        """
        {"name": "Budget", "provider": "B_PROVIDER", "frequency": "A",
         "dimensions": [{"code": "facility", "values": "facilities"}, {"code": "indicator", "values": "indicators"}],
         "partitioning": {"interval": "DECADE"}}
        """);
    StringBuilder csv = new StringBuilder("facility,indicator,time,value\n");
    for (int i = 1; i <= 60; i++) {
      for (int year = 1990; year < 2020; year++) {
        csv.append("B_%d,B_INDICATOR,%d,%d%n".formatted(i, year, i * year));
      }
    }
    JsonNode load = client.load("into=datasets/BUDGET", BodyPublishers.ofString(csv.toString()));
    assertThat(load.get("state").textValue()).as(load.toString()).isEqualTo("COMPLETED");
    client.create(
        "layouts/budget",
        "{\"into\": \"organizations\", \"properties\": {\"code\": {\"column\": \"code\"}}}");
  }

  @Test
  void everyAnswerKeepsToItsBudget() throws IOException {
    String loaded =
        JSON.readTree(given().get("/api/v1/loads?limit=1").asString()).at("/items/0/id").asText();
    List<String> over = new ArrayList<>();
    int[] asked = {0};
    description()
        .get("paths")
        .fields()
        .forEachRemaining(
            entry -> {
              JsonNode get = entry.getValue().get("get");
              if (get == null || !entry.getKey().startsWith("/api/v1")) {
                return;
              }
              JsonNode budget = get.get(Budgets.NAME);
              String path = filled(entry.getKey(), loaded);
              for (String question : questions(entry.getKey(), get)) {
                asked[0]++;
                check(path + question, budget, over);
              }
            });
    assertThat(over).isEmpty();
    assertThat(asked[0]).isGreaterThan(60);
  }

  private static JsonNode description() throws IOException {
    return JSON.readTree(given().accept("application/json").get("/openapi?format=json").asString());
  }

  private static String filled(String path, String load) {
    String[] segments = path.split("/");
    for (int i = 1; i < segments.length; i++) {
      if (segments[i].equals("{key}")) {
        segments[i] = "B_1.B_INDICATOR";
      } else if (segments[i].equals("{id}")) {
        segments[i] = load;
      } else if (segments[i].equals("{name}")) {
        segments[i] = "budget";
      } else if (segments[i].startsWith("{")) {
        segments[i] = segments[i - 1].equals("codes") ? "HYDRO" : CODES.get(segments[i - 1]);
      }
    }
    return String.join("/", segments);
  }

  /** Short and long, plain and with all that can be expanded. */
  private static List<String> questions(String path, JsonNode get) {
    List<String> questions = new ArrayList<>(List.of(""));
    String parameters = get.path("parameters").toString();
    if (parameters.contains("limit")) {
      questions.add("?limit=2");
      questions.add("?limit=1000");
    }
    if (path.startsWith("/api/v1/facilities") && parameters.contains("expand")) {
      questions.add("?expand=region,organization,emissionSources");
      if (!path.contains("{")) {
        questions.add(
            "?q=pLANT&sort=-capacityMw,name&within=M49-150&limit=50"
                + "&expand=region,organization,emissionSources");
      }
    }
    if (path.endsWith("/observations")) {
      questions.add("?key=*.B_INDICATOR&from=1995&to=2005");
      questions.add("?last=2");
    }
    return questions;
  }

  private static void check(String path, JsonNode budget, List<String> over) {
    emptyCaches();
    int cold = statements(ask(path, "no-cache"));
    ask(path, "max-age=0");
    Response warm = ask(path, "max-age=0");
    if (cold > budget.get("cold").intValue() || statements(warm) > budget.get("warm").intValue()) {
      over.add("%s: cold %d, warm %d, of %s".formatted(path, cold, statements(warm), budget));
    }
    if (budget.get("warm").intValue() == 0 && !path.contains("/database/")) {
      assertThat(found(CACHE, warm)).as(path).isEqualTo("hit");
    }
  }

  private static void emptyCaches() {
    List<String> regions = given().get("/api/v1/database/caches").path("items.region");
    regions.forEach(
        region ->
            given()
                .urlEncodingEnabled(true)
                .delete("/api/v1/database/caches/{region}", region)
                .then()
                .statusCode(204));
  }

  private static Response ask(String path, String control) {
    Response answer =
        given()
            .urlEncodingEnabled(false)
            .accept(path.endsWith("/rejects") ? "text/csv" : "application/json")
            .header("Cache-Control", control)
            .get(path);
    assertThat(answer.statusCode()).as(path + " " + answer.asString()).isEqualTo(200);
    return answer;
  }

  private static int statements(Response answer) {
    return Integer.parseInt(found(STATEMENTS, answer));
  }

  private static String found(Pattern pattern, Response answer) {
    Matcher found = pattern.matcher(String.valueOf(answer.header("Server-Timing")));
    assertThat(found.find()).as(answer.headers().toString()).isTrue();
    return found.group(1);
  }
}
