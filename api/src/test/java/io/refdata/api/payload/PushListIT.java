package io.refdata.api.payload;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes as they came, found by what they contain. */
@ArquillianTest
class PushListIT {
  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void describe() throws Exception {
    client.create("indicators/PUSH_LIST", "{\"name\": \"Push list\"}");
    client.yearly("PUSH_LIST", "indicator=indicators");
  }

  private void push(int year, String others) throws Exception {
    client.push(
        "PUSH_LIST",
        "[{\"indicator\": \"PUSH_LIST\", \"time\": \"%d\", \"value\": 1.5, %s}]"
            .formatted(year, others));
  }

  private static ValidatableResponse list(String contains, String... others) {
    var request = given().queryParam("contains", contains);
    for (int i = 0; i < others.length; i += 2) {
      request.queryParam(others[i], others[i + 1]);
    }
    return request.get("/api/v1/payloads").then();
  }

  @Test
  void pushesAreFoundByWhatTheyContain() throws Exception {
    push(2019, "\"station\": 7, \"sensor\": {\"kind\": \"A\", \"tags\": [1, 2]}");
    push(2020, "\"station\": 7");
    push(2021, "\"station\": 8");
    list("{\"station\": 7}")
        .statusCode(200)
        .body("items.content[0].time", contains("2020"))
        .body("items.content[1].time", contains("2019"))
        .body("items", hasSize(2))
        .body("items[0].into", equalTo("datasets/PUSH_LIST"))
        .body("items[0].receivedAt", notNullValue())
        .body("items[0].bytes", equalTo(65))
        .body("items[0].content[0].value", equalTo(1.5f))
        .body("next", nullValue());
    list("{\"sensor\": {\"tags\": [2]}}").statusCode(200).body("items", hasSize(1));
    list("{\"station\": \"7\"}").statusCode(200).body("items", hasSize(0));
    given().get("/api/v1/payloads?limit=1").then().statusCode(200).body("items", hasSize(1));
  }

  @Test
  void aPageGoesOnWhereTheLastOneEnded() throws Exception {
    for (int year = 2001; year <= 2003; year++) {
      push(year, "\"paged\": true");
    }
    String next =
        list("{\"paged\": true}", "limit", "2")
            .body("items.content.flatten().time", contains("2003", "2002"))
            .extract()
            .path("next");
    list("{\"paged\": true}", "limit", "2", "after", next)
        .statusCode(200)
        .body("items.content.flatten().time", contains("2001"))
        .body("next", nullValue());
    list("{\"paged\": false}", "limit", "2", "after", next).statusCode(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1]                                     | must be a JSON object
          7                                       | must be a JSON object
          {"a": 1                                 | it ends too early
          {"a": 1, "a": 2}                        | names a member twice
          {"a":[[[[[[[[1]]]]]]]]}                 | nests deeper than 8 levels
          {"a": 1e999999}                         | a number in it is too large
          """)
  void anObjectThatCannotBeLookedForIsNamed(String object, String fault) {
    list(object)
        .statusCode(400)
        .body("errors[0].parameter", equalTo("contains"))
        .body("errors[0].detail", containsString(fault));
  }

  @Test
  void anObjectThatIsTooLongIsNamed() {
    list("{\"a\": \"" + "x".repeat(10_000) + "\"}")
        .statusCode(400)
        .body("errors[0].detail", containsString("more than 10,000 characters"));
  }
}
