package io.refdata.api.request;

import static io.refdata.api.platform.Wire.problem;
import static io.refdata.api.platform.Wire.send;
import static io.refdata.api.platform.Wire.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that are misspelt, forged or larger than anybody needs have an answer, too. */
@ArquillianTest
class QuestionsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String API = "/api/v1/";
  private static final String TYPE = "Content-Type: application/json";

  private final PlatformClient client = PlatformForTests.client();

  @ParameterizedTest
  @CsvSource({
    "GET, regions",
    "GET, regions/FRA",
    "PUT, regions/FRA",
    "DELETE, regions/FRA",
    "GET, regions/FRA/history",
    "GET, regions/M49-150/descendants",
    "GET, changes",
    "GET, datasets",
    "GET, datasets/ASKED",
    "PUT, datasets/ASKED",
    "DELETE, datasets/ASKED",
    "GET, datasets/ASKED/series",
    "GET, datasets/ASKED/observations",
    "POST, datasets/ASKED/observations",
    "POST, datasets/ASKED/observations/query",
    "GET, layouts",
    "GET, layouts/x",
    "PUT, layouts/x",
    "DELETE, layouts/x",
    "GET, loads",
    "GET, loads/1",
    "GET, loads/1/rejects",
    "POST, loads/1/stop",
    "POST, loads/1/restart",
    "GET, database/caches",
    "DELETE, database/caches/x",
    "GET, database/connections",
    "GET, database/queries",
    "GET, database/queries/Schedules.due",
    "GET, database/tables"
  })
  void anUnknownParameterIsRefusedWhateverIsDone(String method, String path) throws Exception {
    client.yearly("ASKED", "region=regions", "indicator=indicators");
    JsonNode problem =
        problem(
            sendBody(method + " " + API + path + "?colour=red", "{}", TYPE, "If-Match: *"), 400);
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo("colour");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=1&&sort=code", "&limit=1", "limit=1&", "&", "&&&"})
  void betweenTwoAmpersandsThereIsNoParameter(String query) throws IOException {
    assertThat(send("GET " + API + "regions?" + query).status()).isEqualTo(200);
    problem(send("GET " + API + "regions?=1"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regions", "regions?sort=-name", "facilities", "regions/M49-150/descendants",
        "code-lists/FUEL/codes", "changes", "datasets", "datasets/CURSED/series",
        "datasets/CURSED/observations"
      })
  void aForgedCursorIsAProblem(String list) throws Exception {
    fill();
    String path = API + list + (list.contains("?") ? "&" : "?") + "limit=1";
    Wire.Answer page = send("GET " + path, "Accept: application/json");
    JsonNode next = JSON.readTree(page.body().substring(page.body().indexOf('{'))).get("next");
    String mark = JSON.readTree(Base64.getUrlDecoder().decode(next.asText())).get(0).asText();
    int length = JSON.readTree(Base64.getUrlDecoder().decode(next.asText())).size() - 1;
    for (String part :
        List.of(
            "null",
            "5",
            "{}",
            "[1]",
            "true",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"+300000-01-01T00:00:00Z\"",
            "\"-300000-01-01T00:00:00Z\"",
            "\"!\"")) {
      String parts =
          IntStream.range(0, length).mapToObj(i -> part).collect(Collectors.joining(","));
      String forged =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  ("[\"" + mark + "\"," + parts + "]").getBytes(StandardCharsets.UTF_8));
      Wire.Answer answer = send("GET " + path + "&after=" + forged);
      // A series is called by any text, so one that is not there is a place in the list, too.
      if (!(list.endsWith("series") && answer.status() == 200)) {
        problem(answer, 400);
      }
    }
  }

  @Test
  void aCursorInAYearThatThereIsNotIsAProblem() throws Exception {
    fill();
    String path = API + "datasets/CURSED/observations?limit=1";
    String next = client.get("datasets/CURSED/observations?limit=1").get("next").asText();
    JsonNode parts = JSON.readTree(Base64.getUrlDecoder().decode(next));
    for (String year : List.of("+300000", "-0001", "+999999999", "0000")) {
      String forged =
          "[\"%s\",\"%s\",\"%s-01-01T00:00:00Z\"]"
              .formatted(parts.get(0).asText(), parts.get(1).asText(), year);
      problem(
          send(
              "GET "
                  + path
                  + "&after="
                  + Base64.getUrlEncoder()
                      .withoutPadding()
                      .encodeToString(forged.getBytes(StandardCharsets.UTF_8))),
          400);
    }
  }

  private void fill() throws Exception {
    client.create("indicators/co2", "{\"name\": \"CO2\"}");
    client.create("facilities/CURSED_1", FACILITY);
    client.create("facilities/CURSED_2", FACILITY);
    client.yearly("CURSED", "region=regions", "indicator=indicators");
    client.yearly("CURSED_2", "region=regions");
    String rows =
        """
        [{"region": "FRA", "indicator": "co2", "time": "2019", "value": 1},
         {"region": "DEU", "indicator": "co2", "time": "2019", "value": 2}]
        """;
    assertThat(sendBody("POST " + API + "datasets/CURSED/observations", rows, TYPE).status())
        .isEqualTo(200);
  }

  private static final String FACILITY =
      "{\"name\": \"Cursed\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"},"
          + " \"commissioned\": \"1999-05-01\", \"capacityMw\": 12.5}";

  @ParameterizedTest
  @CsvSource({
    "facilities?code=, CURSED_1, X",
    "facilities?commissioned=, 1999, ''",
    "facilities?commissioned=, 1999-05-01, ''",
    "facilities?region=, FRA, X",
    "facilities?name=, Cursed, X",
    "facilities?owners=, NONE, X",
    "facilities?capacityMw=, 12.5, ''",
    "instruments?identifier=, A:B, X:"
  })
  void moreValuesThanAStatementTakesAreOneArray(String filter, String value, String prefix)
      throws Exception {
    fill();
    String values =
        IntStream.range(0, 70_000)
            .mapToObj(i -> prefix + (1000 + i % 900))
            .collect(Collectors.joining(","));
    Wire.Answer answer =
        send(
            "GET " + API + filter + values + "," + value + "&limit=9&q=cursed", "Accept: text/csv");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    if (filter.startsWith("facilities") && !value.equals("NONE")) {
      assertThat(answer.body()).contains("CURSED_1");
    }
    String many = IntStream.range(0, 120_000).mapToObj(i -> "A:B").collect(Collectors.joining(","));
    JsonNode problem = problem(send("GET " + API + filter + many), 400);
    assertThat(problem.get("detail").asText()).contains("100,000 values");
  }

  @Test
  void manyKeysAreOneArrayAndManyPatternsAreRefused() throws Exception {
    fill();
    String query = "POST " + API + "datasets/CURSED/observations/query";
    assertThat(sendBody(query, keys(40_000, "X%d.co2", "FRA.co2"), TYPE).body())
        .contains("FRA.co2");
    assertThat(
            problem(sendBody(query, keys(40_000, "X%d.*", "FRA.*"), TYPE), 400)
                .get("detail")
                .asText())
        .contains("1,000 patterns");
    assertThat(sendBody(query, keys(900, "X%d.*", "FRA.*"), TYPE).body()).contains("FRA.co2");
    String codes =
        IntStream.range(0, 70_000).mapToObj(i -> "X" + i).collect(Collectors.joining(","));
    assertThat(sendBody(query, "{\"region\": \"" + codes + ",FRA\"}", TYPE).body())
        .contains("FRA.co2");
    problem(sendBody(query, "{\"within\": \"" + codes + "\"}", TYPE), 400);
  }

  private static String keys(int number, String pattern, String last) {
    return IntStream.range(0, number)
        .mapToObj(i -> "\"" + pattern.formatted(i) + "\",")
        .collect(Collectors.joining("", "{\"key\": [", "\"" + last + "\"]}"));
  }

  @Test
  void whatMakesAQuestionMoreComplicatedIsBounded() throws IOException {
    problem(send("GET " + API + "regions?" + "within=M49-150&".repeat(900) + "limit=1"), 400);
    problem(send("GET " + API + "regions?" + "q=a&".repeat(900) + "limit=1"), 400);
    problem(send("GET " + API + "regions?sort=" + "name,".repeat(5_000) + "code"), 400);
    problem(send("GET " + API + "regions?sort=name,-name"), 400);
    JsonNode faults = problem(send("GET " + API + "regions?fields=" + "x,".repeat(5_000)), 400);
    assertThat(faults.get("errors")).hasSize(100);
    assertThat(send("GET " + API + "regions?sort=-name,code&limit=1").status()).isEqualTo(200);
  }

  @Test
  void aCodeThatAPatchWouldChangeIsRefused() throws IOException {
    for (String code : List.of("\"DEU\"", "5", "{\"x\": 1}", "null", "[\"FRA\"]")) {
      JsonNode problem =
          problem(
              sendBody(
                  "PATCH " + API + "regions/FRA",
                  "{\"code\": " + code + "}",
                  "Content-Type: application/merge-patch+json",
                  "If-Match: *"),
              400);
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/code");
    }
    assertThat(
            sendBody(
                    "PATCH " + API + "regions/FRA",
                    "{\"code\": \"FRA\"}",
                    "Content-Type: application/merge-patch+json",
                    "If-Match: *")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aHistoryIsKnownAsOfAnInstant() throws Exception {
    String path = "regions/HISTORIC";
    client.create(path, "{\"name\": \"first\", \"kind\": \"GROUP\"}");
    JsonNode first = client.get(path + "/history").at("/items/0");
    String patch = "Content-Type: application/merge-patch+json";
    for (String name : List.of("second", "third")) {
      String body = "{\"name\": \"" + name + "\"}";
      assertThat(sendBody("PATCH " + API + path, body, patch, "If-Match: *").status())
          .isEqualTo(200);
    }
    JsonNode second = client.get(path + "/history").at("/items/1");
    assertThat(client.get(path + "/history?asOf=" + first.get("at").asText()).get("items"))
        .containsExactly(first);
    String asOf = path + "/history?asOf=" + second.get("at").asText();
    assertThat(client.get(asOf).get("items")).containsExactly(second, first);
    JsonNode page = client.get(asOf + "&limit=1");
    assertThat(page.get("items")).containsExactly(second);
    assertThat(client.get(asOf + "&limit=1&after=" + page.get("next").asText()).get("items"))
        .containsExactly(first);
    problem(send("GET " + API + path + "/history?after=" + page.get("next").asText()), 400);
    assertThat(Objects.requireNonNull(send("GET " + API + asOf).headers().get("cache-control")))
        .contains("immutable");
    problem(send("GET " + API + path + "/history?asOf=2000-01-01T00:00:00Z"), 404);
    problem(send("GET " + API + path + "/history?asOf=2999-01-01T00:00:00Z"), 400);
    problem(send("GET " + API + path + "/history?asOf=yesterday"), 400);
  }

  @Test
  void linksAndLocationsAreRelativeWhateverTheProxyIsCalled() throws Exception {
    for (String proxy : List.of("X-Forwarded-Proto: https", "Forwarded: proto=https;host=a.b")) {
      assertThat(send("GET " + API + "regions?limit=1&sort=code", proxy).headers().get("link"))
          .matches("</api/v1/regions\\?limit=1&sort=code&after=[\\w-]+>; rel=\"next\"");
    }
    String code = "L" + System.nanoTime();
    Wire.Answer made =
        sendBody(
            "PUT " + API + "providers/" + code,
            "{\"name\": \"x\"}",
            TYPE,
            "X-Forwarded-Proto: https");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.headers().get("location")).isEqualTo(API + "providers/" + code);
  }

  @Test
  void aRangeHoldsThePeriodsThatStartInIt() throws Exception {
    client.dataset("QUARTERS", "Q", "DECADE", "region=regions");
    String rows =
        """
        [{"region": "FRA", "time": "2019-Q4", "value": 1}, {"region": "FRA", "time": "2020-Q1", "value": 2},
         {"region": "FRA", "time": "2020-Q2", "value": 3}]
        """;
    sendBody("POST " + API + "datasets/QUARTERS/observations", rows, TYPE);
    assertThat(times("from=2019-11&to=2020-02")).containsExactly("2020-Q1");
    assertThat(times("from=2020-01&to=2020-01-01")).containsExactly("2020-Q1");
    assertThat(times("from=2020-01-02&to=2020-03")).isEmpty();
    assertThat(times("from=2019&to=2020-Q1")).containsExactly("2019-Q4", "2020-Q1");
  }

  private List<String> times(String range) throws Exception {
    return client
        .text("datasets/QUARTERS/observations?" + range, "text/csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",")[2])
        .toList();
  }
}
