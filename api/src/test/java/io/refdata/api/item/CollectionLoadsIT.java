package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files go into every collection alike, and what was downloaded goes in again unchanged. */
@ArquillianTest
class CollectionLoadsIT {
  private static final int ITEMS = 14;
  private static final String NDJSON = "application/x-ndjson";
  private static final Map<ItemType<?>, List<String>> SAMPLES = new HashMap<>();

  private final PlatformClient client = PlatformForTests.client();

  /** Other tests share the database. */
  @AfterAll
  static void clear() {
    for (ItemType<?> type : SAMPLES.keySet()) {
      for (String code : sample(type)) {
        Rest.delete(path(type) + "/" + code, "*").then().statusCode(204);
      }
    }
    SAMPLES.clear();
    for (String made :
        List.of(
            "instruments/BY_SCHEME",
            "instruments/BY_SCHEME_2",
            "facilities/OWNED",
            "organizations/OWNER_1",
            "organizations/FOUNDED_FOR_THIS")) {
      Rest.delete(made, "*");
    }
  }

  static Stream<ItemType<?>> collections() {
    return Catalogue.all().stream();
  }

  private static String path(ItemType<?> type) {
    return type == Catalogue.CODES ? "code-lists/SAMPLE_CODES/codes" : type.collection();
  }

  /** The codes of the sample items, in order. */
  private static List<String> sample(ItemType<?> type) {
    return SAMPLES.computeIfAbsent(
        type,
        missing -> {
          SampleItems.referredTo();
          SampleItems items = new SampleItems(type);
          List<String> codes = new ArrayList<>();
          for (int i = 0; i < ITEMS; i++) {
            codes.add("LOADED_%02d".formatted(i));
            String at = path(type) + "/" + codes.get(i);
            Rest.delete(at, "*");
            Rest.put(at, null, items.body(i).toString()).then().statusCode(201);
          }
          return codes;
        });
  }

  /** A layout that reads a file with a column for each property, called like it. */
  private String layout(ItemType<?> type, String more) throws Exception {
    ObjectNode properties = Rest.JSON.createObjectNode();
    for (Property property : type.shown()) {
      properties.putObject(property.name()).put("column", property.name());
    }
    return layout(type, properties, more);
  }

  private String layout(ItemType<?> type, ObjectNode properties, String more) throws Exception {
    String name = "load-" + path(type).replace('/', '-') + "-" + System.nanoTime();
    client.create(
        "layouts/" + name,
        "{\"into\": \"%s\", \"missing\": [\"\"]%s, \"properties\": %s}"
            .formatted(path(type), more, properties));
    return name;
  }

  private JsonNode load(String parameters, String csv) throws Exception {
    JsonNode load = client.load(parameters, BodyPublishers.ofString(csv));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    return load;
  }

  private List<JsonNode> items(ItemType<?> type) {
    return Rest.walk(path(type), 1000);
  }

  private static String code(String line) {
    return line.substring(0, line.indexOf(','));
  }

  @ParameterizedTest
  @MethodSource("collections")
  void whatWasDownloadedGoesInAgainUnchanged(ItemType<?> type) throws Exception {
    sample(type);
    List<JsonNode> before = items(type);
    String csv = client.text(path(type), "text/csv");
    for (String mode : List.of("UPSERT", "REPLACE")) {
      JsonNode load = load("layout=" + layout(type, "") + "&mode=" + mode, csv);
      assertThat(load.at("/rows/unchanged").asInt()).as(load.toString()).isEqualTo(before.size());
      assertThat(load.at("/rows/read").asInt()).isEqualTo(before.size());
      assertThat(load.at("/rows/deleted").asInt()).isZero();
    }
    JsonNode lines = loadLines("layout=" + layout(type, ""), client.text(path(type), NDJSON));
    assertThat(lines.at("/rows/unchanged").asInt()).as(lines.toString()).isEqualTo(before.size());
    assertThat(items(type)).isEqualTo(before);
  }

  private JsonNode loadLines(String parameters, String ndjson) throws Exception {
    Response received =
        Rest.request()
            .contentType(NDJSON)
            .body(ndjson.getBytes(StandardCharsets.UTF_8))
            .post("/api/v1/loads?" + parameters);
    return client.ended(Rest.json(received).get("id").asLong());
  }

  @ParameterizedTest
  @MethodSource("collections")
  void whatAFileBringsIsMadeChangedAndDeletedInOneRevision(ItemType<?> type) throws Exception {
    List<String> codes = sample(type);
    List<String> lines = client.text(path(type), "text/csv").lines().toList();
    Map<String, JsonNode> before = new TreeMap<>();
    items(type).forEach(item -> before.put(item.get("code").asText(), item));
    // Gone, renamed and new: the last two of the sample, and one that is like the first. The order
    // of lines is no matter.
    List<String> file = new ArrayList<>(lines.subList(1, lines.size()));
    String gone = codes.get(ITEMS - 1);
    String renamed = codes.get(ITEMS - 2);
    file.removeIf(line -> code(line).equals(gone));
    String model =
        file.stream().filter(line -> code(line).equals(codes.get(0))).findFirst().orElseThrow();
    file.add("BROUGHT" + model.substring(model.indexOf(',')));
    file.replaceAll(
        line -> code(line).equals(renamed) ? line.replaceFirst(",[^,]*", ",Renamed") : line);
    Collections.shuffle(file, new Random(7));
    file.add(0, lines.get(0));
    String csv = String.join("\n", file) + "\n";

    JsonNode load = load("layout=" + layout(type, "") + "&mode=REPLACE", csv);

    assertThat(load.get("rows"))
        .isEqualTo(
            Rest.parse(
                """
                {"read": %d, "inserted": 1, "revised": 1, "unchanged": %d, "deleted": 1,
                 "rejected": 0, "ignored": 0, "rounded": 0}
                """
                    .formatted(lines.size() - 1, lines.size() - 3)));
    Map<String, JsonNode> expected = new TreeMap<>(before);
    expected.remove(gone);
    ((ObjectNode) java.util.Objects.requireNonNull(expected.get(renamed))).put("name", "Renamed");
    ObjectNode brought = java.util.Objects.requireNonNull(before.get(codes.get(0))).deepCopy();
    expected.put("BROUGHT", brought.put("code", "BROUGHT"));
    assertThat(items(type)).containsExactlyElementsOf(expected.values());
    for (Map.Entry<String, String> operation :
        Map.of("BROUGHT", "CREATED", renamed, "UPDATED", gone, "DELETED").entrySet()) {
      JsonNode newest =
          client.get(path(type) + "/" + operation.getKey() + "/history?limit=1").at("/items/0");
      assertThat(newest.get("operation").asText()).isEqualTo(operation.getValue());
      assertThat(newest.get("load")).isEqualTo(load.get("id"));
    }
    // Single items come from the cache, which must not have kept what was.
    assertThat(client.get(path(type) + "/" + renamed).get("name").asText()).isEqualTo("Renamed");
    Rest.get(path(type) + "/" + gone).then().statusCode(404);

    Rest.delete(path(type) + "/BROUGHT", "*").then().statusCode(204);
    for (String code : codes) {
      Rest.delete(path(type) + "/" + code, "*");
    }
    SAMPLES.remove(type);
  }

  @Test
  void itemsThatAFileBringsDoNotCountAmongThoseThatItMayDelete() throws Exception {
    client.create("code-lists/RENUMBERED", "{\"name\": \"Renumbered\"}");
    client.create(
        "layouts/renumbered",
        "{\"into\": \"code-lists/RENUMBERED/codes\", \"properties\": {\"code\": {\"column\":"
            + " \"code\"}}}");
    client.load("layout=renumbered", BodyPublishers.ofString("code\nA1\nA2\nA3\n"));
    JsonNode load =
        client.load(
            "layout=renumbered&mode=REPLACE", BodyPublishers.ofString("code\nB1\nB2\nB3\n"));
    assertThat(load.get("state").asText()).isEqualTo("FAILED");
    assertThat(load.get("message").asText()).startsWith("3 of 3 code-lists/RENUMBERED/codes");
    assertThat(Rest.codes(client.get("code-lists/RENUMBERED/codes").get("items")))
        .containsExactly("A1", "A2", "A3");
  }

  @Test
  void identifiersAreReadByScheme() throws Exception {
    client.create(
        "instruments/BY_SCHEME",
        "{\"name\": \"Share\", \"identifiers\": {\"MIC\": \"XPAR\", \"WKN\": \"123456\"}}");
    ObjectNode properties = Rest.JSON.createObjectNode();
    properties.putObject("code").put("column", "code");
    properties.putObject("name").put("column", "name");
    properties.putObject("identifiers.ISIN").put("column", "isin");
    properties.putObject("identifiers.WKN").put("column", "wkn");
    properties.putObject("identifiers.A-1").put("constant", "same");
    String layout = layout(Catalogue.INSTRUMENTS, properties, "");
    String csv =
        """
        code,name,isin,wkn
        BY_SCHEME,Share,FR0000133308,
        BY_SCHEME_2,Other,,87
        BY_SCHEME_3,Wrong,FR0000133309,1
        """;

    JsonNode load = load("maxRejectRatio=0.5&layout=" + layout, csv);

    assertThat(load.at("/rows/rejected").asInt()).isOne();
    assertThat(client.text("loads/" + load.get("id") + "/rejects", "text/csv"))
        .contains("4,isin,BAD_IDENTIFIERS,\"ISIN 'FR0000133309' must be");
    assertThat(client.get("instruments/BY_SCHEME").get("identifiers"))
        .isEqualTo(
            Rest.parse("{\"A-1\": \"same\", \"ISIN\": \"FR0000133308\", \"MIC\": \"XPAR\"}"));
    assertThat(client.get("instruments/BY_SCHEME_2").get("identifiers"))
        .isEqualTo(Rest.parse("{\"A-1\": \"same\", \"WKN\": \"87\"}"));
    assertThat(Rest.codes(client.get("instruments?identifier=ISIN:FR0000133308").get("items")))
        .containsExactly("BY_SCHEME");
    assertThat(load("maxRejectRatio=0.5&layout=" + layout, csv).at("/rows/unchanged").asInt())
        .isEqualTo(2);
  }

  @Test
  void ownersAreFoundAsReferencesAre() throws Exception {
    client.create("organizations/OWNER_1", "{\"name\": \"Owner: the first\"}");
    client.create(
        "facilities/OWNED",
        "{\"name\": \"Plant\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"},"
            + " \"fuel\": \"HYDRO\"}");
    ObjectNode properties = Rest.JSON.createObjectNode();
    properties.putObject("code").put("column", "code");
    properties.putObject("owners").put("column", "owners").put("match", "name").put("create", true);
    String layout = layout(Catalogue.FACILITIES, properties, "");
    String csv =
        """
        code,owners
        OWNED,Owner: the first:0.25;Founded for this:0.5
        OWNED_2,Owner: the first:1
        OWNED,twice:1
        """;

    JsonNode load = load("maxRejectRatio=0.9&layout=" + layout, csv);

    assertThat(client.text("loads/" + load.get("id") + "/rejects", "text/csv").lines())
        .hasSize(3)
        .anyMatch(reject -> reject.startsWith("4,,DUPLICATE_IN_FILE"))
        .anyMatch(reject -> reject.startsWith("3,,MISSING_"));
    JsonNode plant = client.get("facilities/OWNED");
    assertThat(plant.get("fuel").asText()).isEqualTo("HYDRO");
    assertThat(plant.get("owners"))
        .isEqualTo(
            Rest.parse(
                """
                [{"organization": {"code": "OWNER_1", "name": "Owner: the first"}, "share": 0.25},
                 {"organization": {"code": "FOUNDED_FOR_THIS", "name": "Founded for this"}, "share": 0.5}]
                """));
    for (String wrong :
        List.of(
            "Owner: the first:1.5",
            "Owner: the first",
            "Founded for this:0.5;Founded for this:0.1")) {
      JsonNode refused =
          client.load(
              "maxRejectRatio=1&layout=" + layout,
              BodyPublishers.ofString("code,owners\nOWNED," + wrong + "\n"));
      assertThat(client.text("loads/" + refused.get("id") + "/rejects", "text/csv"))
          .contains("2,owners,BAD_OWNERS,");
    }
    assertThat(client.get("facilities/OWNED").get("owners")).isEqualTo(plant.get("owners"));
  }
}
