package io.refdata.api.item;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The HTTP interface as its tests use it. */
final class Rest {
  static final JsonMapper JSON = new JsonMapper();
  private static final String BASE = "/api/v1/";
  private static final Pattern STATEMENTS = Pattern.compile("desc=\"(\\d+) statements?\"");

  private Rest() {}

  static RequestSpecification request() {
    return given().urlEncodingEnabled(true).accept("application/json");
  }

  static Response get(String path, String... parameters) {
    return request().queryParams(map(parameters)).get(BASE + path);
  }

  /** Past the kept answers. */
  static Response getAnew(String path, String... parameters) {
    return request()
        .header("Cache-Control", "no-cache")
        .queryParams(map(parameters))
        .get(BASE + path);
  }

  static Response get(String accept, Map<String, ?> parameters, String path) {
    return given().accept(accept).queryParams(parameters).get(BASE + path);
  }

  private static Map<String, List<String>> map(String... parameters) {
    Map<String, List<String>> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.computeIfAbsent(parameters[i], name -> new ArrayList<>()).add(parameters[i + 1]);
    }
    return map;
  }

  static Response put(String path, @Nullable String match, String body) {
    return matching(match).contentType("application/json").body(body).put(BASE + path);
  }

  static Response patch(String path, @Nullable String match, String body) {
    return matching(match)
        .contentType("application/merge-patch+json")
        .body(body)
        .patch(BASE + path);
  }

  static Response delete(String path, @Nullable String match) {
    return matching(match).delete(BASE + path);
  }

  private static RequestSpecification matching(@Nullable String match) {
    return match == null ? request() : request().header("If-Match", match);
  }

  static String tag(Response response) {
    return Objects.requireNonNull(response.header("ETag"));
  }

  static JsonNode json(Response response) {
    response.then().statusCode(org.hamcrest.Matchers.lessThan(300));
    return parse(response.asString());
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of statements that the answer took, as it says itself. */
  static int statements(Response response) {
    Matcher found = STATEMENTS.matcher(String.valueOf(response.header("Server-Timing")));
    if (!found.find()) {
      throw new AssertionError("No statements in " + response.headers());
    }
    return Integer.parseInt(found.group(1));
  }

  /** Walks a list from page to page to its end. */
  static List<JsonNode> walk(String path, int limit, String... parameters) {
    List<JsonNode> items = new ArrayList<>();
    Map<String, List<String>> asked = map(parameters);
    asked.put("limit", List.of(Integer.toString(limit)));
    while (true) {
      Response response = get("application/json", asked, path);
      JsonNode page = json(response);
      page.get("items").forEach(items::add);
      if (page.get("next").isNull()) {
        return items;
      }
      asked.put("after", List.of(page.get("next").textValue()));
    }
  }

  static List<String> codes(Iterable<JsonNode> items) {
    List<String> codes = new ArrayList<>();
    items.forEach(item -> codes.add(item.get("code").textValue()));
    return codes;
  }
}
