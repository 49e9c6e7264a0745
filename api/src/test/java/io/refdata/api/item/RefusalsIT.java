package io.refdata.api.item;

import static io.refdata.api.platform.Wire.problem;
import static io.refdata.api.platform.Wire.send;
import static io.refdata.api.platform.Wire.sendBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.Wire;
import java.io.IOException;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal is a problem, also of a request that no client library would send. */
@ArquillianTest
class RefusalsIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "regions?limit=1&q=%zz",
        "regions?q=%",
        "regions?q=a%2",
        "regions?q=%ff",
        "regions/FRA?q=%zz",
        "datasets?q=%zz",
        "loads?q=%zz",
        "changes?q=%zz",
        "nothing?q=%zz"
      })
  void aParameterWithABrokenEscapeIsNamed(String path) throws IOException {
    JsonNode problem = problem(send("GET /api/v1/" + path), 400);
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo("q");
    assertThat(problem.get("instance").asText()).startsWith("/api/v1/");
  }

  @Test
  void aPathWithABrokenEscapeIsRefusedAndAnEscapeIsRead() throws IOException {
    assertThat(problem(send("GET /api/v1/regions/%zz"), 400).get("detail").asText())
        .startsWith("The path");
    problem(send("GET /api/%zz"), 400);
    assertThat(send("GET /api/v1/regions/%46RA").status()).isEqualTo(200);
    assertThat(send("GET /api/v1/regions?q=%C3%89&limit=1").status()).isEqualTo(200);
    assertThat(send("GET /api/v1/regions?code=FRA%2CDEU&count=exact").body())
        .contains("\"value\":2");
    problem(send("GET /api/v1/regions/FRA%2F.."), 404);
    problem(send("GET /api/v1/regions/%2e%2e/loads"), 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /api/v1/regions              | Accept: nonsense",
        "GET /api/v1/regions/FRA          | Accept: a/b/c;;=",
        "GET /api/v1/datasets             | Accept: text/csv, nonsense",
        "PUT /api/v1/regions/FRA          | Content-Type: nonsense",
        "POST /api/v1/loads?layout=x      | Content-Type: nonsense",
      })
  void aHeaderThatIsNoMediaTypeIsNamed(String request, String header) throws IOException {
    assertThat(problem(send(request, header), 400).get("detail").asText())
        .contains("header " + header.split(":")[0] + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, api",
    "GET, api/",
    "GET, api/refused",
    "GET, api/v2/regions",
    "GET, api/v1",
    "GET, api/v1/",
    "GET, api/v1/castles",
    "GET, api/v1/castles/a/b/c/d",
    "GET, api/v1/regions/FRA/cities",
    "GET, api/v1/regions/NOWHERE",
    "GET, api/v1/code-lists/NONE/codes",
    "GET, api/v1/code-lists/FUEL/codes/NONE",
    "GET, api/v1/code-lists/FUEL/codes/HYDRO/x",
    "GET, api/v1/datasets/NONE",
    "GET, api/v1/datasets/NONE/observations",
    "GET, api/v1/layouts/NONE",
    "GET, api/v1/loads/0",
    "GET, api/v1/loads/0/rejects",
    "PUT, api/v2/regions/FRA",
    "POST, api/v1/loads/0/stop"
  })
  void whatIsNotThereIsAProblem(String method, String path) throws IOException {
    assertThat(problem(send(method + " /" + path), 404).get("instance").asText())
        .isEqualTo("/" + path);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, regions",
    "DELETE, regions",
    "PATCH, regions",
    "POST, regions/FRA",
    "POST, code-lists/FUEL/codes",
    "PUT, regions/FRA/descendants",
    "DELETE, regions/FRA/history",
    "POST, changes",
    "POST, datasets",
    "PATCH, datasets/CO2",
    "DELETE, datasets/CO2/series",
    "PUT, datasets/CO2/observations",
    "GET, datasets/CO2/observations/query",
    "POST, layouts",
    "PUT, loads",
    "DELETE, loads/1",
    "GET, loads/1/stop",
    "BREW, regions"
  })
  void whatCannotBeDoneIsAProblemThatSaysWhatCan(String method, String path) throws IOException {
    Wire.Answer answer = send(method + " /api/v1/" + path);
    problem(answer, 405);
    assertThat(answer.headers().get("allow")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regions",
        "regions/FRA",
        "regions/FRA/descendants",
        "regions/FRA/history",
        "code-lists/FUEL/codes",
        "changes",
        "datasets",
        "layouts",
        "loads"
      })
  void aFormThatThereIsNotIsAProblem(String path) throws IOException {
    problem(send("GET /api/v1/" + path, "Accept: application/xml"), 406);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, regions/FRA, text/csv",
    "PATCH, regions/FRA, application/json",
    "PUT, code-lists/FUEL/codes/HYDRO, application/xml",
    "PUT, datasets/CO2, text/plain",
    "PUT, layouts/x, text/plain",
    "POST, loads, application/json",
    "POST, datasets/CO2/observations/query, text/csv"
  })
  void aBodyInAFormThatIsNotReadIsAProblem(String method, String path, String type)
      throws IOException {
    problem(sendBody(method + " /api/v1/" + path, "x", "Content-Type: " + type), 415);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, regions/NEW, application/json",
    "PATCH, regions/FRA, application/merge-patch+json",
    "PUT, code-lists/FUEL/codes/NEW, application/json",
    "PUT, datasets/NEW, application/json",
    "PUT, layouts/new, application/json"
  })
  void aBodyThatIsTooLargeIsAProblem(String method, String path, String type) throws IOException {
    String body = "{\"name\": \"" + "x".repeat(1 << 20) + "\"}";
    problem(
        sendBody(method + " /api/v1/" + path, body, "Content-Type: " + type, "If-Match: *"), 413);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /api/v1/regions/NEW, 413",
    "PUT /api/v1/regions/%zz, 400",
    "TRACE /api/v1/regions, 405",
    "PUT /health/ready, 405"
  })
  void whoStillSendsGetsTheAnswer(String request, int status) throws IOException {
    String body = "x".repeat(1 << 24);
    problem(Wire.sendLate(request, body, "Content-Type: application/json"), status);
  }
}
