package io.refdata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every answer keeps to the number of statements that its description gives, with empty caches and
 * with full ones, for two items as for a thousand. An endpoint without a budget has no description,
 * and without a description {@link OpenApiIT} fails.
 */
@ArquillianTest
class BudgetsIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final PlatformClient CLIENT = PlatformForTests.client();
  private static final Pattern STATEMENTS = Pattern.compile("desc=\"(\\d+) statements?\"");
  private static final Pattern CACHE = Pattern.compile("cache;desc=\"(\\w+)\"");

  private static final List<String> NEVER_CACHED =
      List.of("/access/", "/database/", "/performance/", "/monitoring/");

  @BeforeAll
  static void items() throws Exception {
    Questions.fill();
  }

  @Test
  void everyAnswerKeepsToItsBudget() throws IOException, InterruptedException {
    List<String> over = new ArrayList<>();
    List<Questions.Question> questions = Questions.all();
    for (Questions.Question question : questions) {
      emptyCaches();
      check(question.path(), question.budget(), over);
    }
    assertThat(over).isEmpty();
    assertThat(questions).hasSizeGreaterThan(60);
  }

  /** To lock and read it, to write it, its revision, and its state. */
  @Test
  void anEditOfAnItemTakesFourStatements() {
    given()
        .contentType("application/json")
        .body("{\"name\": \"Edited\"}")
        .put("/api/v1/providers/BUDGETED_EDIT")
        .then()
        .statusCode(201);
    Response edited =
        given()
            .contentType("application/merge-patch+json")
            .header("If-Match", "*")
            .body("{\"name\": \"Edited once more\"}")
            .patch("/api/v1/providers/BUDGETED_EDIT");
    assertThat(edited.statusCode()).as(edited.asString()).isEqualTo(200);
    assertThat(statements(edited)).isEqualTo(4);
  }

  private static void check(String path, JsonNode budget, List<String> over) {
    int cold = statements(ask(path, "no-cache"));
    ask(path, "max-age=0");
    Response warm = ask(path, "max-age=0");
    if (cold > budget.get("cold").intValue() || statements(warm) > budget.get("warm").intValue()) {
      over.add("%s: cold %d, warm %d, of %s".formatted(path, cold, statements(warm), budget));
    }
    if (budget.get("warm").intValue() == 0 && NEVER_CACHED.stream().noneMatch(path::contains)) {
      assertThat(found(CACHE, warm)).as(path).isEqualTo("hit");
    }
  }

  /** Empties those that hold anything. */
  private static void emptyCaches() throws IOException, InterruptedException {
    for (JsonNode cache : CLIENT.get("database/caches").get("items")) {
      if (cache.get("entries").asInt() == 0) {
        continue;
      }
      String region = cache.get("region").textValue();
      String path = "database/caches/" + URLEncoder.encode(region, StandardCharsets.UTF_8);
      HttpRequest request = HttpRequest.newBuilder(CLIENT.address(path)).DELETE().build();
      assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }
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
