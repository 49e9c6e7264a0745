package io.refdata.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.refdata.settings.Setting;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The answer to a client with nothing but an address: the format, the name of a file, the head. */
@ArquillianTest
class FormatsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String OBSERVATIONS = "datasets/FORMATS/observations";
  private static final String SERIES = "datasets/FORMATS/series";
  private static final Set<String> OF_THE_MOMENT =
      Set.of("date", "server-timing", "x-request-id", "transfer-encoding", "content-length");

  @BeforeAll
  static void dataset() throws Exception {
    send(
        "PUT",
        "providers/FORMATS",
        "{\"name\": \"Formats, \\\"quoted\\\"\"}",
        "If-None-Match",
        "*");
    send(
        "PUT",
        "datasets/FORMATS",
        """
        {"name": "Formats", "frequency": "A", "dimensions": [{"code": "region", "values": "regions"}],
         "partitioning": {"interval": "DECADE"}, "unknownCodes": "REJECT"}\
        """,
        "If-None-Match",
        "*");
    push(
        "[{\"region\": \"FRA\", \"time\": \"2019\", \"value\": 1.5},"
            + " {\"region\": \"DEU\", \"time\": \"2020\", \"value\": 2}]");
  }

  private static void push(String rows) throws Exception {
    assertThat(send("POST", OBSERVATIONS, rows).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<byte[]> send(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/" + path)
                    .normalize())
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String type(HttpResponse<?> response) {
    return header(response, "Content-Type").replaceAll("(?i);\\s*charset=.*", "");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void theAddressWinsOverWhatIsAccepted() throws Exception {
    Map<String, String> types =
        Map.of("json", "application/json", "csv", "text/csv", "ndjson", "application/x-ndjson");
    for (String path :
        List.of("providers", "code-lists/FUEL/codes", "regions/FRA/ancestors", OBSERVATIONS)) {
      for (Map.Entry<String, String> type : types.entrySet()) {
        for (String limit : List.of("", "&limit=3")) {
          for (String accepted : List.of("*/*", "image/png", "application/json", "text/csv")) {
            String asked = path + "?format=" + type.getKey() + limit;
            HttpResponse<byte[]> answer = get(asked, "Accept", accepted);
            assertThat(answer.statusCode()).as(asked + " " + text(answer)).isEqualTo(200);
            assertThat(type(answer)).as(asked).isEqualTo(type.getValue());
          }
        }
      }
    }
    assertThat(text(get("providers?%66ormat=csv&fields=code"))).contains("FORMATS\n");
    assertThat(text(get("providers?format=csv&q=limit=&fields=code"))).isEqualTo("code\n");
    String query = "{\"region\": \"DEU\", \"format\": \"csv\", \"bom\": true}";
    assertThat(text(send("POST", OBSERVATIONS + "/query", query)))
        .isEqualTo("\uFEFFkey,region,time,value,status\nDEU,DEU,2020,2.0,A\n");
  }

  @Test
  void aLineOfOneMissingCellIsNoEmptyLine() throws Exception {
    assertThat(text(get("regions?format=csv&fields=alpha2&code=FRA,M49-150")))
        .isEqualTo("alpha2\nFR\n\"\"\n");
  }

  @Test
  void jsonComesFirst() throws Exception {
    for (String accepted :
        List.of(
            "*/*",
            "text/csv, application/json",
            "application/problem+json, application/*",
            "application/problem+json, */*;q=0.1",
            "text/csv;q=0.9, */*")) {
      for (String path : List.of("providers", OBSERVATIONS, SERIES, "providers/FORMATS")) {
        assertThat(type(get(path, "Accept", accepted)))
            .as(path + " " + accepted)
            .isEqualTo("application/json");
      }
    }
    HttpResponse<byte[]> all = get("regions", "Accept", "application/json;q=0.5, */*");
    assertThat(type(all)).isEqualTo("text/csv");
    assertThat(text(all).lines().count()).isGreaterThan(200);
  }

  @Test
  void whatCannotBeGivenIsRefused() throws Exception {
    for (String path : List.of("providers", OBSERVATIONS, SERIES, "datasets", "loads", "layouts")) {
      for (String wrong :
          List.of("format=xml", "format=", "format=CSV", "format=csv&format=json")) {
        assertRefused(path + "?" + wrong, 400, "format");
      }
      assertRefused(path + "?bom=true", 400, "bom");
      assertRefused(path + "?download=", 400, "download");
      assertRefused(path + "?download=" + "a".repeat(300), 400, "download");
      assertThat(get(path + "?format=json").statusCode()).as(path).isEqualTo(200);
    }
    for (String path : List.of("datasets", "loads", "layouts")) {
      assertRefused(path + "?format=csv", 406, "json");
    }
    assertRefused("providers/FORMATS?format=json", 400, "format");
  }

  private static void assertRefused(String path, int status, String named) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).as(path + text(answer)).isEqualTo(status);
    assertThat(type(answer)).isEqualTo("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(
            status == 400
                ? problem.at("/errors/0/parameter").asText()
                : problem.get("detail").asText())
        .as(path)
        .contains(named);
  }

  @Test
  void aClientStoresWhatItGetsUnderAName() throws Exception {
    for (String limit : List.of("", "&limit=10")) {
      for (String path : List.of("providers", OBSERVATIONS)) {
        String asked =
            path + "?format=csv&bom=true&download=na%C3%AFve%0D%0ASet-Cookie:x.csv" + limit;
        for (int kept = 0; kept < 2; kept++) {
          HttpResponse<byte[]> answer = get(asked);
          assertThat(header(answer, "Content-Disposition"))
              .isEqualTo(
                  "attachment; filename=\"na_ve__Set-Cookie_x.csv\";"
                      + " filename*=UTF-8''na%C3%AFve__Set-Cookie_x.csv");
          assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
          assertThat(text(answer)).startsWith("\uFEFF");
        }
      }
    }
    assertThat(header(get("datasets?download=a.json"), "Content-Disposition")).contains("a.json");
  }

  @Test
  void aHeadIsThatOfTheWhole() throws Exception {
    for (String path :
        List.of(
            "providers",
            "providers/FORMATS",
            "providers/FORMATS/history",
            "providers?format=csv",
            "providers?format=csv&limit=2&download=a",
            "providers/NOWHERE",
            "providers?x=y",
            "datasets",
            "datasets/FORMATS",
            SERIES,
            OBSERVATIONS,
            OBSERVATIONS + "?format=ndjson",
            OBSERVATIONS + "?asOf=2020-01-01T00:00:00Z",
            "layouts",
            "loads",
            "changes?since=0",
            "monitoring/alerts",
            "../../openapi",
            "../../health/live",
            "../../health/ready",
            "../../metrics")) {
      for (String control : List.of("no-cache", "max-age=0")) {
        HttpResponse<byte[]> whole = get(path, "Cache-Control", control);
        HttpResponse<byte[]> head = send("HEAD", path, "", "Cache-Control", control);
        assertThat(head.statusCode()).as(path).isEqualTo(whole.statusCode());
        assertThat(head.body()).as(path).isEmpty();
        assertThat(lasting(head)).as(path + " " + control).isEqualTo(lasting(whole));
        if (!header(head, "ETag").isEmpty()) {
          assertThat(header(head, "Content-Length"))
              .as(path)
              .isEqualTo(header(whole, "Content-Length"));
        }
      }
    }
  }

  private static Map<String, List<String>> lasting(HttpResponse<?> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.keySet().removeIf(name -> OF_THE_MOMENT.contains(name.toLowerCase(Locale.ROOT)));
    return headers;
  }

  @Test
  void theLastChangeIsThatOfTheRevision() throws Exception {
    HttpResponse<byte[]> patched =
        sendPatch(
            "providers/FORMATS", "{\"url\": \"https://b.example/" + System.nanoTime() + "\"}");
    assertThat(patched.statusCode()).isEqualTo(200);
    Instant at =
        Instant.parse(
            JSON.readTree(get("providers/FORMATS/history").body()).at("/items/0/at").asText());
    Instant rounded = at.minusNanos(1).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    for (String path :
        List.of(
            "providers/FORMATS",
            "providers",
            "providers?format=csv",
            "providers/FORMATS/history",
            "changes",
            "layouts",
            "feature-sets",
            "datasets")) {
      for (String control : List.of("no-cache", "max-age=0", "max-age=0")) {
        assertThat(modified(get(path, "Cache-Control", control))).as(path).isEqualTo(rounded);
      }
    }
    push("[{\"region\": \"FRA\", \"time\": \"2019\", \"value\": " + System.nanoTime() + "}]");
    Instant pushed = modified(get(OBSERVATIONS));
    assertThat(pushed).isAfterOrEqualTo(rounded);
    assertThat(modified(get(SERIES))).isEqualTo(pushed);
    assertThat(modified(get(OBSERVATIONS + "?format=csv"))).isEqualTo(pushed);
  }

  private static HttpResponse<byte[]> sendPatch(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/" + path))
            .header("Content-Type", "application/merge-patch+json")
            .header("If-Match", "*")
            .method("PATCH", BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  private static Instant modified(HttpResponse<?> response) {
    return ZonedDateTime.parse(
            header(response, "Last-Modified"), DateTimeFormatter.RFC_1123_DATE_TIME)
        .toInstant();
  }

  @Test
  void aShortStreamHasATag() throws Exception {
    for (String path :
        List.of(
            "providers?format=csv",
            "regions?format=ndjson&kind=SUBREGION",
            "units?format=parquet",
            OBSERVATIONS + "?format=csv",
            OBSERVATIONS + "?format=xlsx",
            SERIES + "?format=ndjson")) {
      for (String coding : List.of("identity", "gzip")) {
        HttpResponse<byte[]> whole = get(path, "Accept-Encoding", coding);
        String tag = header(whole, "ETag");
        assertThat(tag).as(path).matches("\"[0-9a-f]{24}(-gzip)?\"");
        assertThat(tag.contains("gzip"))
            .as(path)
            .isEqualTo(header(whole, "Content-Encoding").equals("gzip"));
        assertThat(header(whole, "Content-Length")).isEqualTo("" + whole.body().length);
        HttpResponse<byte[]> again =
            get(path, "Accept-Encoding", coding, "If-None-Match", "\"x\", " + tag);
        assertThat(again.statusCode()).as(path).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(get(path, "Accept-Encoding", coding, "If-None-Match", "\"x\"").body())
            .as(path)
            .isEqualTo(whole.body());
        assertThat(get(path, "Accept-Encoding", coding, "If-Match", "\"x\"").statusCode())
            .as(path)
            .isEqualTo(412);
      }
    }
    String longer = "regions?format=ndjson&expand=parent";
    assertThat(get(longer).body()).hasSizeGreaterThan((int) Setting.ANSWERS_TAGGED.number());
    assertThat(header(get(longer), "ETag")).isEmpty();
    assertThat(send("HEAD", longer, "").statusCode()).isEqualTo(200);
  }

  @Test
  void everyListTakesAFormat() throws Exception {
    for (String list :
        List.of(
            "datasets",
            "datasets/FORMATS/rollups",
            SERIES + "/FRA/vintages",
            "loads",
            "layouts",
            "exports",
            "changes",
            "database/indexes",
            "database/indexes/recommendations",
            "database/partitions",
            "database/caches",
            "database/queries",
            "database/tables",
            "performance/targets",
            "performance/calculations",
            "performance/runs",
            "monitoring/freshness",
            "monitoring/alerts",
            "monitoring/alerts/rules",
            "payloads")) {
      assertThat(type(get(list + "?format=json"))).as(list).isEqualTo("application/json");
      HttpResponse<byte[]> other = get(list + "?format=parquet");
      assertThat(other.statusCode()).as(list).isEqualTo(406);
      assertThat(text(other)).as(list).contains("json");
      assertThat(get(list + "?format=sheet").statusCode()).as(list).isEqualTo(400);
      assertThat(header(get(list + "?download=list.json"), "Content-Disposition"))
          .as(list)
          .contains("list.json");
    }
  }

  @Test
  void whoHasTheLastChangeGetsNothingNew() throws Exception {
    for (String path :
        List.of("regions/FRA", "regions", "regions?format=csv", OBSERVATIONS, SERIES)) {
      String date = header(get(path), "Last-Modified");
      String before =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).minusSeconds(1));
      String after =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).plusSeconds(1));
      for (String control : List.of("no-cache", "max-age=0")) {
        assertThat(get(path, "If-Modified-Since", after, "Cache-Control", control).statusCode())
            .as(path)
            .isEqualTo(304);
        for (String older : List.of(before, "yesterday")) {
          assertThat(get(path, "If-Modified-Since", older, "Cache-Control", control).statusCode())
              .as(path)
              .isEqualTo(200);
        }
        assertThat(
                get(
                        path,
                        "If-Modified-Since",
                        after,
                        "If-None-Match",
                        "\"x\"",
                        "Cache-Control",
                        control)
                    .statusCode())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  /** Two changes in a second look the same by date, so a date alone proves nothing then. */
  @Test
  void aListNeverClaimsToBeOlderThanItIs() throws Exception {
    for (int i = 0; i < 5; i++) {
      send("PUT", "providers/FORMATS_" + i, "{\"name\": \"One\"}", "If-None-Match", "*");
      String date = header(get("providers?q=One"), "Last-Modified");
      assertThat(send("DELETE", "providers/FORMATS_" + i, "", "If-Match", "*").statusCode())
          .isEqualTo(204);
      HttpResponse<byte[]> now = get("providers?q=One", "If-Modified-Since", date);
      assertThat(now.statusCode()).isEqualTo(200);
      assertThat(text(now)).doesNotContain("FORMATS_" + i);
    }
  }
}
