package io.refdata.api.item;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thing that is deleted and created anew is another: no tag of the first fits the second. */
@ArquillianTest
class RecreatedIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "units/ANEW | {\"name\": \"Anew\"}",
        "code-lists/ANEW | {\"name\": \"Anew\"}",
        "code-lists/FUEL/codes/ANEW | {\"name\": \"Anew\"}",
        "layouts/anew | {\"into\": \"units\", \"properties\": {\"code\": {\"column\": \"c\"}}}",
        "datasets/ANEW | {\"name\": \"Anew\", \"frequency\": \"A\", \"dimensions\": [{\"code\":"
            + " \"region\", \"values\": \"regions\"}]}"
      })
  void aTagOfTheFirstDoesNotFitTheSecond(String path, String body) {
    String first = put(path, body).then().statusCode(201).extract().header("ETag");
    delete(path, first).then().statusCode(204);
    String second = put(path, body).then().statusCode(201).extract().header("ETag");
    delete(path, first).then().statusCode(412);
    delete(path, second).then().statusCode(204);
    put(path, body).then().statusCode(201);
    delete(path, second).then().statusCode(412);
  }

  @Test
  void anItemThatAFileCreatesAnewIsAnotherToo() throws Exception {
    String first = put("providers/ANEW", "{\"name\": \"Anew\"}").header("ETag");
    delete("providers/ANEW", first).then().statusCode(204);
    put(
        "layouts/providers-anew",
        "{\"into\": \"providers\", \"properties\": {\"code\": {\"column\": \"c\"}, \"name\":"
            + " {\"column\": \"n\"}}}");
    assertThat(
            PlatformForTests.client()
                .load("layout=providers-anew", BodyPublishers.ofString("c,n\nANEW,Anew\n"))
                .at("/rows/inserted")
                .asInt())
        .isEqualTo(1);
    delete("providers/ANEW", first).then().statusCode(412);
  }

  private static Response put(String path, String body) {
    return given()
        .contentType("application/json")
        .header("If-None-Match", "*")
        .body(body)
        .put("/api/v1/" + path);
  }

  private static Response delete(String path, String tag) {
    return given().header("If-Match", tag).delete("/api/v1/" + path);
  }
}
