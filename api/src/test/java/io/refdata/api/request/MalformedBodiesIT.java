package io.refdata.api.request;

import static io.refdata.api.platform.Wire.problem;
import static io.refdata.api.platform.Wire.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.Wire;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reader of JSON says of malformed JSON where it is wrong, and keeps nothing of it. */
@ArquillianTest
class MalformedBodiesIT {
  private static final List<String> MALFORMED =
      List.of(
          "{\"name\": }",
          "{name: 1}",
          "{\"name\": \"x\"",
          "{\"name\": \"x",
          "{\"name\": \"x\"} x",
          "[{\"name\": \"x\"}] {}",
          "{\"name\": \"a\", \"name\": \"b\"}",
          "[".repeat(5_000),
          "{\"a\":".repeat(2_000),
          "{\"name\": " + "1".repeat(2_000) + "}",
          "{\"name\": NaN}",
          "{\"name\": \"caf\u00e9\"}",
          "{\"name\": \"\u00ed\u00a0\u0080\"}",
          "\u00ef\u00bb\u00bf{\"name\": \"x\"}",
          bytes("UTF-16"),
          bytes("UTF-16BE"),
          bytes("UTF-16LE"),
          bytes("UTF-32"),
          bytes("UTF-32LE"),
          "{\"na\r\n2026-11-26T00:00:00.000Z ERROR forged\r\nme\": }",
          "{\"name\": \"\\ud800\"}",
          "{\"\\udc00\": \"a\"}",
          "{\"name\": \"a\\u0000\"}");

  private final PlatformClient client = PlatformForTests.client();

  /** The bytes of an object in another encoding, a character each. */
  private static String bytes(String charset) {
    return new String(
        "{\"name\": \"x\"}".getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, regions/MALFORMED, application/json",
    "PATCH, regions/FRA, application/merge-patch+json",
    "PUT, code-lists/FUEL/codes/MALFORMED, application/json",
    "PUT, datasets/MALFORMED, application/json",
    "PUT, layouts/malformed, application/json",
    "POST, datasets/BODIES/observations, application/json",
    "POST, datasets/BODIES/observations, application/x-ndjson",
    "POST, datasets/BODIES/observations/query, application/json"
  })
  void malformedJsonIsAProblemThatNamesThePlace(String method, String path, String type)
      throws Exception {
    client.yearly("BODIES", "region=regions");
    String[] headers = {"Content-Type: " + type, "If-Match: *"};
    for (String body : MALFORMED) {
      String request = method + " /api/v1/" + path;
      JsonNode problem = problem(sendBody(request, body, headers), 400);
      boolean json = problem.has("errors"); // but for a text that cannot be kept
      assertThat(problem.get("type").asText())
          .as(body)
          .isEqualTo(json ? "/problems/invalid" : "/problems/malformed");
      assertThat(json).as(body).isEqualTo(body.contains("\\u"));
      assertThat(problem.get("detail").asText())
          .as(body)
          .matches(".*\\(line \\d+, column \\d+\\)\\.?")
          .doesNotContain("forged");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, regions/MALFORMED, application/json",
    "PATCH, regions/FRA, application/merge-patch+json",
    "PUT, datasets/MALFORMED, application/json",
    "PUT, layouts/malformed, application/json",
    "POST, datasets/BODIES/observations, application/json",
    "POST, datasets/BODIES/observations/query, application/json"
  })
  void aBodyThatIsEmptyOrOfAnotherKindIsAProblem(String method, String path, String type)
      throws Exception {
    client.yearly("BODIES", "region=regions");
    String[] headers = {"Content-Type: " + type, "If-Match: *"};
    boolean push = path.endsWith("observations");
    for (String body : push ? List.of("", " ", "{} {}") : List.of("", " ", "[]", "null", "\"x\"")) {
      problem(sendBody(method + " /api/v1/" + path, body, headers), 400);
    }
  }

  @Test
  void aPushOfHalfACharacterKeepsNothing() throws Exception {
    client.yearly("HALVES", "region=regions");
    String row = "{\"region\": \"FRA\", \"time\": \"2020\", \"value\": 1%s}";
    for (String more :
        List.of(", \"note\": \"\\ud800\"", ", \"\\udfff\": 1", ", \"n\": \"\\u0000\"")) {
      for (String type : List.of("application/json", "application/x-ndjson")) {
        String body = row.formatted("") + "\n" + row.formatted(more);
        String sent = type.endsWith("ndjson") ? body : "[" + body.replace("\n", ",") + "]";
        problem(
            sendBody("POST /api/v1/datasets/HALVES/observations", sent, "Content-Type: " + type),
            400);
      }
    }
    assertThat(client.get("datasets/HALVES/series").get("items")).isEmpty();
  }

  @Test
  void aWholePairIsKeptAsItCame() throws Exception {
    String type = "Content-Type: application/json";
    Wire.Answer answer =
        sendBody(
            "PUT /api/v1/regions/PAIR",
            "{\"name\": \"a\\ud83d\\ude00\", \"kind\": \"GROUP\"}",
            type,
            "If-Match: *",
            "Cache-Control: no-cache");
    if (answer.status() == 412) {
      answer =
          sendBody(
              "PUT /api/v1/regions/PAIR",
              "{\"name\": \"a\\ud83d\\ude00\", \"kind\": \"GROUP\"}",
              type);
    }
    assertThat(answer.status()).isLessThan(300);
    assertThat(client.get("regions/PAIR").get("name").asText()).isEqualTo("a\uD83D\uDE00");
  }

  @ParameterizedTest
  @CsvSource({"1e400", "-1e400", "1e-400", "1e2147483648", "1e999999999", "0", "true", "\"1\""})
  void aNumberThatIsNoShareIsAFault(String share) throws Exception {
    String body =
        "{\"name\": \"x\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}, \"owners\":"
            + " [{\"organization\": {\"code\": \"NONE\"}, \"share\": "
            + share
            + "}]}";
    JsonNode problem =
        problem(
            sendBody("PUT /api/v1/facilities/SHARED", body, "Content-Type: application/json"), 400);
    assertThat(problem.toString()).contains("/owners/0/share");
  }

  @Test
  void thousandsOfFaultsAreNotAllNamed() throws Exception {
    StringBuilder members = new StringBuilder("{\"name\": \"x\"");
    for (int i = 0; i < 50_000; i++) {
      members.append(",\"m").append(i).append("\":1");
    }
    JsonNode problem =
        problem(
            sendBody("PUT /api/v1/regions/MANY", members + "}", "Content-Type: application/json"),
            400);
    assertThat(problem.get("errors")).hasSize(100);
  }
}
