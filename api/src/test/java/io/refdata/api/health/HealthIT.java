package io.refdata.api.health;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.refdata.api.platform.War;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

@ArquillianTest
class HealthIT {
  @Deployment(testable = false)
  static WebArchive platform() {
    return War.built();
  }

  @Test
  void readyMeansThatTheDatabaseAnswers() {
    get("/health/ready")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("status", equalTo("UP"))
        .body("checks.name", hasItem("database"));
  }

  @Test
  void aLivingServerThatHasStartedSaysSo() {
    get("/health/live").then().statusCode(200).body("status", equalTo("UP"));
    get("/health/started").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void theOpenApiDescriptionIsServed() {
    get("/openapi?format=JSON").then().statusCode(200).body("openapi", equalTo("3.1.0"));
  }
}
