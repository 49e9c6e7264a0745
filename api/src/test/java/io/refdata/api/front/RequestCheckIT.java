package io.refdata.api.front;

import static io.refdata.api.platform.Wire.problem;
import static io.refdata.api.platform.Wire.send;
import static io.refdata.api.platform.Wire.sendBody;
import static io.refdata.api.platform.Wire.sendPart;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.Wire;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that is no request in form is refused with a problem, whoever would have answered it. */
@ArquillianTest
class RequestCheckIT {
  private static final String API = "/api/v1/";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET *",
        "PUT *",
        "GET api/v1/regions",
        "GET /api/v1/regions/[",
        "GET /api/v1/regions/]",
        "GET /api/v1/regions/{x}",
        "GET /api/v1/regions/|",
        "GET /api/v1/regions/\\",
        "GET /api/v1/regions/\"<>^`",
        "GET /api/v1/regions/\u00e9",
        "GET /[::1]/",
        "PUT /api/v1/regions/[",
        "GET /api/v1/regions?q=|",
        "GET /api/v1/regions?q={",
        "GET /api/v1/regions?q=\u00c3\u00a9",
        "GET /api/v1/regions?\u0001=1"
      })
  void aUrlThatIsNoneIsMalformed(String request) throws IOException {
    problem(send(request), 400);
  }

  @Test
  void aUrlMayHaveItsHostAndBracketsInItsQuery() throws IOException {
    assertThat(send("GET http://localhost/api/v1/regions/FRA").status()).isEqualTo(200);
    assertThat(send("GET http://localhost/api/v1/regions?limit=1").status()).isEqualTo(200);
    assertThat(send("GET http://localhost").status()).isEqualTo(200);
    assertThat(send("GET /api/v1/regions?q=[&limit=1").status()).isEqualTo(200);
    assertThat(send("OPTIONS *").status()).isEqualTo(200);
  }

  @Test
  void aUrlOfTooManyParametersOrCharactersIsAProblem() throws IOException {
    String many =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> "p" + i + "=1")
            .collect(Collectors.joining("&"));
    assertThat(problem(send("GET /api/v1/regions?" + many), 400).get("detail").asText())
        .contains("1,000 parameters");
    problem(send("GET /api/v1/regions?" + "code=FRA&".repeat(15_000)), 400);
    for (int length : new int[] {1_000_000, 1 << 20}) {
      problem(send("GET /api/v1/regions?q=" + "x".repeat(length)), 414);
      problem(send("GET /api/v1/regions/" + "x".repeat(length)), 414);
    }
    JsonNode long1 = problem(send("GET /api/v1/regions?" + "x".repeat(500_000) + "=1"), 400);
    assertThat(long1.toString()).hasSizeLessThan(10_000);
    assertThat(send("GET /api/v1/regions?limit=1&code=" + "FRA,".repeat(15_000) + "FRA").status())
        .isEqualTo(200);
    String[] headers =
        IntStream.range(0, 300).mapToObj(i -> "X-" + i + ": 1").toArray(String[]::new);
    problem(send("GET /api/v1/regions/FRA", headers), 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/console",
        "/console/",
        "/console/nothing.js",
        "/console/index.html",
        "/console/../WEB-INF/web.xml",
        "/favicon.ico",
        "/metrics/x",
        "/health",
        "/health/nothing",
        "/problems/x",
        "/WEB-INF/web.xml",
        "/META-INF/x",
        "/api",
        "/api/nothing",
        "/api/v1/",
        "/api/v1/regions/",
        "/api/v1/datasets/",
        "/api/v1//layouts",
        "/api/v1/code-lists//codes",
        "/api/v1/loads/",
        "/api/v1/regions;x=1",
        "/api/v1/regions/FRA;x=1"
      })
  void outsideTheInterfaceThereIsNothingWhateverTheMethod(String path) throws IOException {
    for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW", "get"}) {
      problem(send(method + " " + path, "Accept: text/html"), 404);
    }
    assertThat(send("HEAD " + path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/openapi", "/health/live", "/api/v1/regions", "/api/v1/regions/FRA", "/x"})
  void traceIsDoneNowhere(String path) throws IOException {
    Wire.Answer answer = send("TRACE " + path);
    problem(answer, 405);
    assertThat(answer.headers().get("allow")).isNotBlank();
    problem(send("CONNECT localhost:80"), 405);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /health/live", "BREW, /health/ready", "PATCH, /health/started",
    "POST, /openapi", "DELETE, /openapi", "BREW, /openapi"
  })
  void whatCanOnlyBeReadSaysSo(String method, String path) throws IOException {
    Wire.Answer answer = send(method + " " + path);
    problem(answer, 405);
    assertThat(answer.headers().get("allow")).contains("GET");
  }

  @Test
  void theDescriptionComesInJsonIfThatIsNamedAndElseInYaml() throws IOException {
    for (String accept :
        new String[] {
          "application/json", "Application/JSON;q=abc", "text/html, application/json"
        }) {
      assertThat(send("GET /openapi", "Accept: " + accept).body().strip()).startsWith("{");
    }
    for (String accept : new String[] {"text/html", "image/png", "*/*", ";q="}) {
      Wire.Answer answer = send("GET /openapi", "Accept: " + accept);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("openapi:");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regions?limit=1                        | application/json;charset=utf-8 |"
            + " application/json",
        "regions?limit=1                        | TEXT/CSV; charset=UTF-8        | text/csv",
        "regions?limit=1                        | text/csv, */*                  |"
            + " application/json",
        "regions?limit=1                        | application/json;q=0, */*      | text/csv",
        "regions/FRA                            | Application/JSON               |"
            + " application/json",
        "regions/FRA                            | text/html, *; q=.2, */*; q=.2  |"
            + " application/json",
        "regions/FRA        | application/problem+json, */*;q=0.1                |"
            + " application/json",
        "changes?limit=1                        | application/*                  |"
            + " application/json",
        "datasets                               | application/json;charset=UTF-8 |"
            + " application/json",
      })
  void anAnswerComesInTheFormThatIsLikedMost(String path, String accept, String type)
      throws IOException {
    Wire.Answer answer = send("GET " + API + path, "Accept: " + accept);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).startsWith(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regions?limit=1 | image/png                      | 406 | application/json, text/csv,"
            + " application/x-ndjson",
        "regions/FRA     | application/json;q=0           | 406 | application/json",
        "regions/FRA     | application/problem+json       | 406 | application/json",
        "regions/FRA     | text/csv;charset=utf-8         | 406 | application/json",
        "changes         | application/json;charset=latin1 | 406 | application/json",
        "regions?limit=1 | application/json;q=abc         | 400 | header Accept",
        "regions/FRA     | application/json;q=            | 400 | header Accept",
        "regions/FRA     | ;q=                            | 400 | header Accept",
        "changes         | application/json;q=2           | 400 | header Accept",
      })
  void aFormThatThereIsNotNamesThoseThereAre(String path, String accept, int status, String words)
      throws IOException {
    JsonNode problem = problem(send("GET " + API + path, "Accept: " + accept), status);
    assertThat(problem.get("detail").asText()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json;q=x;=",
        "Content-Type: /",
        "Content-Type: ",
        "Content-Type: */*",
        "Content-Type: application/json, text/csv",
        "X-Change-Reason: a\0b",
        "X-Change-Reason: a\u001b[31m",
        "X-Request-Id: a\0b",
        "traceparent: \0"
      })
  void aHeaderThatIsNoneIsNamed(String header) throws IOException {
    String[] headers = {header, "If-None-Match: *"};
    JsonNode problem = problem(sendBody("PUT /api/v1/regions/FRA", "{}", headers), 400);
    assertThat(problem.get("detail").asText()).contains("header " + header.split(":")[0] + " ");
  }

  @Test
  void headersThatDecideAboutNothingMayBeAnything() throws IOException {
    assertThat(
            send(
                    "GET /api/v1/regions/FRA",
                    "Accept-Language: ;q=, x_y_z;q=abc",
                    "Accept-Charset: ;q=x",
                    "Accept-Encoding: ;q=,gzip;q=abc",
                    "If-Modified-Since: nonsense",
                    "Range: bytes=5-1",
                    "Cookie: ;;=;=")
                .status())
        .isEqualTo(200);
    String type = "Content-Type: Application/JSON; Charset=UTF-8";
    assertThat(sendBody("PUT /api/v1/regions/FRA", "{}", type, "If-None-Match: *").status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, regions/FRA, application/json",
    "PATCH, regions/FRA, application/merge-patch+json",
    "PUT, datasets/NEW, application/json",
    "PUT, layouts/new, application/json",
    "POST, loads?into=datasets/CUT, text/csv"
  })
  void aBodyThatBreaksOffIsNoFailureOfTheService(String method, String path, String type)
      throws IOException {
    JsonNode problem =
        problem(
            sendPart(
                method + " " + API + path,
                "{\"name\": \"x",
                "Content-Type: " + type,
                "If-Match: *"),
            400);
    if (!path.startsWith("loads")) {
      assertThat(problem.get("detail").asText()).contains("broke off");
    }
  }

  @Test
  void aTagThatIsNotThereIsAProblemToo() throws IOException {
    problem(send("GET /api/v1/regions?limit=1", "If-Match: \"x\"", "Cache-Control: no-cache"), 412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regions?name=%00",
        "regions?q=a%00",
        "regions?%00=1",
        "instruments?identifiers=A:%00",
        "loads?after=%00",
        "datasets/NONE/series?key=%00",
        "regions?name=%ED%A0%80"
      })
  void aParameterThatCannotBeKeptIsNamed(String path) throws IOException {
    JsonNode problem = problem(send("GET " + API + path), 400);
    assertThat(problem.at("/errors/0/parameter").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00", "regions/%00", "datasets/%00", "datasets/NONE/series/%00/vintages",
        "datasets/NONE/series/a%00b/vintages", "loads/%00", "code-lists/%00/codes", "layouts/%00"
      })
  void nothingHasANameWithANul(String path) throws IOException {
    problem(send("GET " + API + path), 404);
  }
}
