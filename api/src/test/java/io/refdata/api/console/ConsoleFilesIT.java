package io.refdata.api.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages are there for all, and keep to this server. */
@ArquillianTest
class ConsoleFilesIT {
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/explore", "/reference/regions/DEU", "/loads/1", "/operations", "/embed"})
  void everyViewIsTheSamePage(String path) {
    given()
        .get(path)
        .then()
        .statusCode(200)
        .contentType("text/html")
        .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header(
            "Content-Security-Policy",
            containsString(
                path.equals("/embed") ? "frame-ancestors 'self'" : "frame-ancestors 'none'"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-cache");
    given().head(path).then().statusCode(200).body(equalTo(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/js/app.js",
        "/console/lib/uPlot.iife.min.js",
        "/console/lib/uPlot.min.css",
        "/console/lib/d3.min.js",
        "/console/map/borders.json",
        "/console/texts/de.js"
      })
  void aFileIsSentAgainOnlyIfItChanged(String path) {
    String tag = given().get(path).then().statusCode(200).extract().header("ETag");
    given().header("If-None-Match", tag).get(path).then().statusCode(304).header("ETag", tag);
    given().header("If-None-Match", "\"other\"").get(path).then().statusCode(200);
  }

  /** A client that says itself which codings it accepts. */
  private static RequestSpecification plain() {
    return given()
        .config(
            RestAssuredConfig.config()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()));
  }

  @Test
  void aTagIsOfOneCoding() {
    String plain =
        plain()
            .header("Accept-Encoding", "identity")
            .get("/console/js/app.js")
            .then()
            .header("Content-Encoding", (String) null)
            .extract()
            .header("ETag");
    plain()
        .header("Accept-Encoding", "gzip")
        .get("/console/js/app.js")
        .then()
        .header("Content-Encoding", "gzip")
        .header("ETag", not(equalTo(plain)))
        .header("Vary", containsString("Accept-Encoding"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console/nothing.js", "/explored", "/WEB-INF/web.xml", "/console/js"})
  void whatIsNoneOfItIsNotThere(String path) {
    given()
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .header("Content-Security-Policy", not(containsString("script-src")));
  }

  @Test
  void nobodyWritesToAPage() {
    given().body("{}").post("/explore").then().statusCode(404);
  }
}
