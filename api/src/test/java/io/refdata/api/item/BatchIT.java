package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Many items written by one request: all of them, or none. */
@ArquillianTest
class BatchIT {
  private static final String GROUP = "{\"name\": \"%s\", \"kind\": \"GROUP\"%s}";

  private static Response send(String collection, String... operations) {
    return Rest.request()
        .contentType("application/json")
        .body("[" + String.join(",", operations) + "]")
        .post("/api/v1/" + collection + "/batch");
  }

  private static String put(String code, String item) {
    return "{\"op\": \"put\", \"code\": \"%s\", \"item\": %s}".formatted(code, item);
  }

  private static String put(String code, String match, String item) {
    return "{\"op\": \"put\", \"code\": \"%s\", \"ifMatch\": %s, \"item\": %s}"
        .formatted(code, match, item);
  }

  private static String patch(String code, String match, String item) {
    return put(code, match, item).replace("\"put\"", "\"patch\"");
  }

  private static String delete(String code, String match) {
    return "{\"op\": \"delete\", \"code\": \"%s\", \"ifMatch\": %s}".formatted(code, match);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static String group(String name, String parent) {
    return GROUP.formatted(
        name, parent.isEmpty() ? "" : ", \"parent\": {\"code\": \"" + parent + "\"}");
  }

  @Test
  void anItemMayHaveTheCodeBatch() throws Exception {
    PlatformForTests.client().create("units/batch", "{\"name\": \"Batch\"}");
    Rest.get("units/batch").then().statusCode(200).body("code", equalTo("batch"));
    Rest.get("units/batch/history").then().statusCode(200);
  }

  @Test
  void itemsAreWrittenTogetherInAnyOrder() {
    String before = now();
    Response written =
        send("regions", put("B_LOW", group("Low", "B_TOP")), put("B_TOP", group("Top", "")));
    JsonNode answer = Rest.json(written);
    assertThat(answer.get("items").toString())
        .isEqualTo(
            "[{\"code\":\"B_LOW\",\"status\":\"CREATED\",\"version\":0},"
                + "{\"code\":\"B_TOP\",\"status\":\"CREATED\",\"version\":0}]");
    Rest.get("regions/B_LOW").then().body("parent.name", equalTo("Top"));
    Rest.get("regions/B_LOW/history")
        .then()
        .body("items[0].revision", equalTo(answer.get("revision").intValue()))
        .body("items[0].operation", equalTo("CREATED"));

    String tag = Rest.tag(Rest.get("regions/B_TOP"));
    JsonNode again =
        Rest.json(
            send(
                "regions",
                put("B_LOW", "0", group("Low", "B_TOP")),
                patch(
                    "B_TOP",
                    Rest.JSON.getNodeFactory().textNode(tag).toString(),
                    "{\"name\": \"Up\"}"),
                put("B_NEW", group("New", "B_TOP"))));
    assertThat(again.get("items").toString())
        .isEqualTo(
            "[{\"code\":\"B_LOW\",\"status\":\"UNCHANGED\",\"version\":0},"
                + "{\"code\":\"B_TOP\",\"status\":\"UPDATED\",\"version\":1},"
                + "{\"code\":\"B_NEW\",\"status\":\"CREATED\",\"version\":0}]");
    Rest.get("regions/B_LOW").then().body("parent.name", equalTo("Up"));
    Rest.get("regions/B_LOW", "asOf", now()).then().body("parent.name", equalTo("Up"));
    assertThat(Rest.codes(Rest.walk("regions", 10, "parent", "B_TOP")))
        .containsExactly("B_LOW", "B_NEW");
    Rest.patch("regions/B_TOP", "\"1\"", "{\"name\": \"Higher\"}").then().statusCode(200);

    Response deleted =
        send(
            "regions",
            delete("B_TOP", "\"2\""),
            delete("B_LOW", "\"*\""),
            delete("B_NEW", "\"0-9f86d081-gzip\""));
    assertThat(Rest.json(deleted).at("/items/0").toString())
        .isEqualTo("{\"code\":\"B_TOP\",\"status\":\"DELETED\",\"version\":2}");
    Rest.get("regions/B_TOP").then().statusCode(404);
    Rest.get("regions/B_TOP", "asOf", before).then().statusCode(404);
    assertThat(
            Rest.json(send("regions", put("B_TOP", group("Top", ""))))
                .at("/items/0/version")
                .intValue())
        .isEqualTo(3);
    Rest.delete("regions/B_TOP", "*").then().statusCode(204);
  }

  @Test
  void allFaultsAreNamedByTheirPlaceAndNothingIsWritten() {
    send(
            "facilities",
            put(
                "B_GOOD",
                "{\"name\": \"G\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}}"),
            put(
                "B_BAD",
                "{\"kind\": \"CASTLE\", \"capacityMw\": -1, \"region\": {\"code\": \"NOWHERE\"}}"),
            put("B_GOOD", "{}"),
            "{\"op\": \"push\", \"code\": \"a.b\", \"why\": 1}",
            "7",
            put("B_TAG", "\"x\"", "[]"),
            "{\"op\": \"delete\", \"code\": \"B_ITEM\", \"item\": {}}")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/1/item/capacityMw",
                "/1/item/kind",
                "/1/item/name",
                "/1/item/region",
                "/2/code",
                "/3/op",
                "/3/code",
                "/3/why",
                "/4",
                "/5/ifMatch",
                "/5/item",
                "/6/item"));
    send("units", put("bad code", "{\"name\": \"\", \"zz\": 1}"))
        .then()
        .statusCode(400)
        .body("errors.pointer", containsInAnyOrder("/0/code", "/0/item/name", "/0/item/zz"));
    Rest.get("facilities/B_GOOD").then().statusCode(404);
    send("facilities").then().statusCode(400);
    send("facilities", "7").then().statusCode(400).body("errors.pointer", equalTo(List.of("/0")));
    Rest.request()
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/facilities/batch")
        .then()
        .statusCode(400);
    Rest.request()
        .contentType("text/plain")
        .body("[]")
        .post("/api/v1/facilities/batch")
        .then()
        .statusCode(415);
    Rest.request()
        .contentType("application/json")
        .body("[]")
        .post("/api/v1/facilities/else")
        .then()
        .statusCode(405);
    send("code-lists/NOWHERE/codes", put("A", "{\"name\": \"A\"}")).then().statusCode(404);
  }

  @Test
  void theStatusIsThatOfTheFaultsIfTheyAreOfOneKind() {
    Rest.put("organizations/B_ORG", null, "{\"name\": \"O\"}").then().statusCode(201);
    Rest.put(
            "facilities/B_PLANT",
            null,
            "{\"name\": \"P\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"},"
                + " \"organization\": {\"code\": \"B_ORG\"}}")
        .then()
        .statusCode(201);
    String named = "{\"name\": \"N\"}";
    send("organizations", put("B_ORG", named), put("B_OTHER", named))
        .then()
        .statusCode(428)
        .body("errors.pointer", equalTo(List.of("/0/ifMatch")))
        .body("errors[0].detail", containsString("B_ORG exists, in version 0."));
    send("organizations", put("B_OTHER", named), put("B_ORG", "\"7\"", named))
        .then()
        .statusCode(412)
        .body("errors.pointer", equalTo(List.of("/1/ifMatch")));
    send("organizations", delete("B_NOBODY", "\"*\""), patch("B_OTHER", "\"3\"", named))
        .then()
        .statusCode(404)
        .body("errors.pointer", equalTo(List.of("/0/code", "/1/code")))
        .body("errors[1].detail", equalTo("organizations has no item with the code B_OTHER"));
    send("organizations", delete("B_ORG", "\"*\""))
        .then()
        .statusCode(409)
        .body("errors[0].pointer", equalTo("/0/code"))
        .body("errors[0].detail", containsString("facilities/B_PLANT"));
    send("organizations", delete("B_ORG", "\"*\""), put("B_OTHER", "{}")).then().statusCode(400);
    Rest.get("organizations/B_OTHER").then().statusCode(404);
    Rest.delete("facilities/B_PLANT", "*").then().statusCode(204);
    send(
            "organizations",
            put("B_BELOW", "{\"name\": \"N\", \"parent\": {\"code\": \"B_ORG\"}}"),
            delete("B_ORG", "\"*\""))
        .then()
        .statusCode(409)
        .body("errors.pointer", equalTo(List.of("/0/item/parent")));
    Rest.delete("organizations/B_ORG", "*").then().statusCode(204);
  }

  @Test
  void noItemOfABatchLiesBelowItself() {
    send(
            "organizations",
            put("B_A", "{\"name\": \"A\", \"parent\": {\"code\": \"B_B\"}}"),
            put("B_B", "{\"name\": \"B\", \"parent\": {\"code\": \"B_C\"}}"),
            put("B_C", "{\"name\": \"C\", \"parent\": {\"code\": \"B_A\"}}"))
        .then()
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder("/0/item/parent", "/1/item/parent", "/2/item/parent"));
  }

  @Test
  void codesOfAListAndLinesOfJsonWorkAsWell() {
    Rest.put("code-lists/B_LIST", null, "{\"name\": \"L\"}").then().statusCode(201);
    String below =
        put("BELOW", "{\"name\": \"Below\", \"position\": 2, \"parent\": {\"code\": \"ABOVE\"}}");
    String above = put("ABOVE", "{\"name\": \"Above\", \"validFrom\": \"2020-01-01\"}");
    Rest.request()
        .contentType("application/x-ndjson")
        .header("X-Change-Reason", "many")
        .body((below + "\n" + above + "\n").getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/code-lists/B_LIST/codes/batch")
        .then()
        .statusCode(200)
        .body("items.status", equalTo(List.of("CREATED", "CREATED")));
    Rest.get("code-lists/B_LIST/codes/BELOW")
        .then()
        .body("parent.code", equalTo("ABOVE"))
        .body("position", equalTo(2));
    Rest.get("code-lists/B_LIST/codes/BELOW/history")
        .then()
        .body("items[0].reason", equalTo("many"))
        .body("items[0].load", nullValue());
  }

  @Test
  void aBatchThatChangesNothingMakesNoRevision() {
    String item = "{\"name\": \"Same\", \"url\": \"https://example.org\"}";
    send("providers", put("B_SAME", item)).then().statusCode(200);
    send("providers", put("B_SAME", "0", item))
        .then()
        .statusCode(200)
        .body("revision", nullValue())
        .body("items[0].status", equalTo("UNCHANGED"));
  }

  @Test
  void theStatementsDoNotGrowWithTheItems() {
    List<Integer> statements = new ArrayList<>();
    for (int count : new int[] {10, 1000}) {
      for (String operation : List.of("create", "change", "delete")) {
        String[] operations =
            IntStream.range(0, count)
                .mapToObj(i -> plant(operation, "B_%d_%d".formatted(count, i), i))
                .toArray(String[]::new);
        Response answer = send("facilities", operations);
        answer.then().statusCode(200);
        statements.add(Rest.statements(answer));
      }
    }
    assertThat(statements.subList(3, 6)).isEqualTo(statements.subList(0, 3));
    assertThat(Collections.max(statements)).isLessThanOrEqualTo(16);
    send(
            "facilities",
            IntStream.range(0, 1001).mapToObj(i -> put("B_" + i, "{}")).toArray(String[]::new))
        .then()
        .statusCode(413);
  }

  private static String plant(String operation, String code, int number) {
    String item =
        "{\"name\": \"P\", \"kind\": \"POWER_PLANT\", \"fuel\": \"WIND\", \"capacityMw\": %d,"
            + " \"region\": {\"code\": \"FRA\"}, \"commissioned\": \"2012\"}";
    return switch (operation) {
      case "create" -> put(code, item.formatted(number));
      case "change" -> patch(code, "0", "{\"capacityMw\": 0.5, \"commissioned\": null}");
      default -> delete(code, "1");
    };
  }

  @Test
  void batchesAtTheSameTimeLoseNothing() throws Exception {
    List<String> codes = IntStream.range(0, 40).mapToObj(i -> "B_RACE_" + i).toList();
    send(
            "providers",
            codes.stream().map(code -> put(code, "{\"name\": \"0\"}")).toArray(String[]::new))
        .then()
        .statusCode(200);
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      List<String> order = new ArrayList<>(codes);
      if (writer % 2 == 1) {
        Collections.reverse(order);
      }
      String name = "{\"name\": \"" + (writer + 1) + "\"}";
      String[] operations =
          order.stream().map(code -> patch(code, "0", name)).toArray(String[]::new);
      writers.add(() -> send("providers", operations).statusCode());
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> written : threads.invokeAll(writers)) {
        statuses.add(written.get());
      }
      assertThat(statuses).containsOnly(200, 412);
      assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
    assertThat(
            Rest.walk("providers", 100, "code", String.join(",", codes)).stream()
                .map(item -> item.get("name").textValue())
                .collect(Collectors.toSet()))
        .hasSize(1)
        .doesNotContain("0");
  }
}
