package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises to a writer, and the answers if he may not write. */
@ArquillianTest
class WritingIT {
  private static final String PLANT =
      "{\"name\": \"Plant\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}%s}";

  @BeforeEach
  void ownersToReferTo() {
    Rest.put("organizations/W_ONE", null, "{\"name\": \"One\"}");
    Rest.put("organizations/W_TWO", null, "{\"name\": \"Two\"}");
  }

  /** The longest name is stored and found though it can hardly be compressed. */
  @Test
  void aNameHasSoManyCharacters() {
    String longest =
        new Random(1)
            .ints(850, 0x4E00, 0x9FFF)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    Rest.put("units/W_LONGEST", null, "{\"name\": \"" + longest + "\"}").then().statusCode(201);
    Rest.get("units?code=W_LONGEST&sort=-name").then().body("items[0].name", equalTo(longest));
    Rest.put("units/W_LONGER", null, "{\"name\": \"" + longest + "a\"}")
        .then()
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/name"));
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    Rest.put(
            "facilities/W_FAULTY",
            null,
            """
            {"name": " ", "kind": "CASTLE", "fuel": 7, "capacityMw": -1, "latitude": "north", "colour": 1,
             "commissioned": 2012, "retired": "2011-12-31", "region": "FRA", "organization": {"code": "W_NOBODY"},
             "owners": [{"organization": {"code": "W_NOBODY"}, "share": 0.5}, {"organization": {"code": "W_ONE"}, "share": 0.1}]}
            """)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/name",
                "/kind",
                "/fuel",
                "/capacityMw",
                "/latitude",
                "/colour",
                "/retired",
                "/region",
                "/organization",
                "/owners/0/organization"));
    Rest.get("facilities/W_FAULTY").then().statusCode(404);
    Rest.put("facilities/W_EMPTY", null, "{}")
        .then()
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/name", "/kind", "/region"));
    Rest.put(
            "regions/W_LATE",
            null,
            "{\"name\": \"L\", \"kind\": \"GROUP\", \"validFrom\": \"2020-01-02\", \"validTo\":"
                + " \"2020-01-01\"}")
        .then()
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/validTo"));
    Rest.put("facilities/W_BROKEN", null, "{\"name\": ").then().statusCode(400);
    Rest.put("facilities/W_ARRAY", null, "[]").then().statusCode(400);
    Rest.put("facilities/W_TWICE", null, "{\"name\": \"a\", \"name\": \"b\"}")
        .then()
        .statusCode(400);
    Rest.put("facilities/W_NUL", null, "{\"name\": \"a\\u0000b\"}")
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItems("/name"));
  }

  @Test
  void noItemLiesBelowItself() {
    String group = "{\"name\": \"G\", \"kind\": \"GROUP\"%s}";
    Rest.put("regions/W_TOP", null, group.formatted("")).then().statusCode(201);
    Rest.put("regions/W_MIDDLE", null, group.formatted(", \"parent\": {\"code\": \"W_TOP\"}"))
        .then()
        .statusCode(201);
    Rest.put(
            "regions/W_LOW",
            null,
            group.formatted(
                ", \"parent\": {\"code\": \"W_MIDDLE\"}, \"replacedBy\": {\"code\": \"W_TOP\"}"))
        .then()
        .statusCode(201);
    for (String parent : List.of("W_TOP", "W_MIDDLE", "W_LOW")) {
      Rest.patch("regions/W_TOP", "*", "{\"parent\": {\"code\": \"" + parent + "\"}}")
          .then()
          .statusCode(400)
          .body("errors.pointer", equalTo(List.of("/parent")));
    }
    Rest.patch("regions/W_TOP", "*", "{\"replacedBy\": {\"code\": \"W_TOP\"}}")
        .then()
        .statusCode(200);
    Rest.delete("regions/W_TOP", "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("regions/W_MIDDLE"))
        .body("detail", containsString("regions/W_LOW"));
    for (String code : List.of("W_LOW", "W_MIDDLE", "W_TOP")) {
      Rest.delete("regions/" + code, "*").then().statusCode(204);
    }
  }

  @Test
  void whatIsReferredToStaysAndWhatRefersIsNamed() {
    Rest.put(
            "facilities/W_SITE",
            null,
            PLANT.formatted(", \"organization\": {\"code\": \"W_ONE\"}, \"fuel\": \"WIND\""))
        .then()
        .statusCode(201);
    Rest.put(
            "emission-sources/W_STACK",
            null,
            "{\"name\": \"S\", \"facility\": {\"code\": \"W_SITE\"}}")
        .then()
        .statusCode(201);
    Rest.delete("facilities/W_SITE", "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("emission-sources/W_STACK"));
    Rest.delete("organizations/W_ONE", "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("facilities/W_SITE"));
    Rest.delete("code-lists/FUEL/codes/WIND", "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("facilities/"));
    Rest.delete("code-lists/FUEL", "*")
        .then()
        .statusCode(409)
        .body("detail", containsString("code-lists/FUEL/codes/"));
    Rest.delete("emission-sources/W_STACK", "*").then().statusCode(204);
    Rest.delete("facilities/W_SITE", "*").then().statusCode(204);
  }

  @Test
  void theReasonIsKeptWithTheRevision() throws SQLException {
    Rest.request()
        .header("X-Change-Reason", "because of W_REASON")
        .contentType("application/json")
        .body("{\"name\": \"R\"}")
        .put("/api/v1/providers/W_REASON")
        .then()
        .statusCode(201);
    assertThat(count("select count(*) from ref.revision where reason = 'because of W_REASON'"))
        .isEqualTo(1);
  }

  @Test
  void aWriteThatChangesNothingMakesNoRevision() throws SQLException {
    Rest.put(
        "facilities/W_SAME",
        null,
        PLANT.formatted(", \"capacityMw\": 1.5, \"commissioned\": 2012"));
    String tag = Rest.tag(Rest.get("facilities/W_SAME"));
    long before = count("select count(*) from ref.revision");
    Rest.put(
            "facilities/W_SAME",
            tag,
            PLANT.formatted(", \"capacityMw\": 1.50, \"commissioned\": \"2012\", \"fuel\": null"))
        .then()
        .statusCode(200)
        .header("ETag", equalTo(tag));
    Rest.patch("facilities/W_SAME", tag, "{\"region\": {\"code\": \"FRA\"}}")
        .then()
        .statusCode(200)
        .header("ETag", equalTo(tag));
    assertThat(count("select count(*) from ref.revision")).isEqualTo(before);
  }

  /** Each of many writers adds one to a number, and goes on until its own step has been taken. */
  @Test
  void writersAtOnceLoseNothing() throws Exception {
    int writers = 8;
    int steps = 5;
    String at = "facilities/W_COUNTER";
    Rest.delete(at, "*");
    Rest.put(at, null, PLANT.formatted(", \"capacityMw\": 0")).then().statusCode(201);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        tasks.add(() -> count(at, steps));
      }
      int refused = 0;
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        refused += task.get();
      }
      assertThat(refused).as("writers that came second").isPositive();
    } finally {
      threads.shutdown();
    }
    Response last = Rest.get(at);
    assertThat(Rest.json(last).get("capacityMw").doubleValue()).isEqualTo(writers * steps);
    assertThat(Rest.tag(last)).startsWith("\"" + writers * steps + "-");
  }

  private static int count(String at, int steps) {
    int refused = 0;
    int done = 0;
    while (done < steps) {
      Response read = Rest.get(at);
      double next = Rest.json(read).get("capacityMw").doubleValue() + 1;
      Response written = Rest.patch(at, Rest.tag(read), "{\"capacityMw\": " + next + "}");
      assertThat(written.statusCode()).isIn(200, 412);
      if (written.statusCode() == 200) {
        done++;
      } else {
        refused++;
      }
    }
    return refused;
  }

  @Test
  void ofSeveralThatCreateOneDoes() throws Exception {
    Rest.delete("providers/W_ONCE", "*");
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        tasks.add(() -> Rest.put("providers/W_ONCE", null, "{\"name\": \"Once\"}").statusCode());
      }
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        answers.add(task.get());
      }
      assertThat(answers).containsExactlyInAnyOrder(201, 428, 428, 428, 428, 428);
    } finally {
      threads.shutdown();
    }
  }

  private static long count(String sql) throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
