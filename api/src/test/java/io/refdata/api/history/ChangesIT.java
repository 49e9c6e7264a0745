package io.refdata.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ArquillianTest
class ChangesIT {
  private static final List<String> EDITED = List.of("regions", "organizations", "facilities");

  @Test
  void whoFollowsTheFeedEndsWithAnExactMirror() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(threads.submit(new RandomEdits("CF", 50 + i, 80)));
    }
    Mirror mirror = new Mirror(String.join(",", EDITED), 7);
    while (!writers.stream().allMatch(Future::isDone)) {
      mirror.poll();
    }
    int written = 0;
    for (Future<Integer> writer : writers) {
      written += writer.get(1, TimeUnit.MINUTES);
    }
    threads.shutdown();
    assertThat(written).isGreaterThan(100);
    mirror.poll();
    for (String collection : EDITED) {
      assertThat(mirror.of(collection)).isEqualTo(Mirror.original(collection, ""));
    }
    anyPrefixOfTheFeedIsThePastStateOfItsInstant(mirror.entries());
  }

  private static void anyPrefixOfTheFeedIsThePastStateOfItsInstant(List<JsonNode> entries) {
    List<JsonNode> latest = entries.subList(entries.size() - 60, entries.size());
    for (int i = 0; i < latest.size(); i += 10) {
      JsonNode entry = latest.get(i);
      String path = entry.get("collection").asText() + "/" + entry.get("code").asText();
      JsonNode item = Http.get(path + "?asOf=" + entry.get("at").asText()).json();
      if (entry.get("operation").asText().equals("DELETED")) {
        assertThat(item.get("status").asInt()).isEqualTo(404);
      }
      for (JsonNode change : entry.get("changes")) {
        JsonNode value = item.path(change.get("property").asText());
        JsonNode known = value.has("code") ? value.get("code") : value;
        assertThat(known.isMissingNode() ? "null" : known.toString())
            .as(path + entry)
            .isEqualTo(change.get("to").toString());
      }
    }
  }

  @Test
  void allThatIsOnFileCameThroughTheFeed() {
    Http.put("providers/CHP", "{\"name\": \"Provider\"}", null);
    Http.put("code-lists/CHL", "{\"name\": \"List\"}", null);
    Http.put("code-lists/CHL/codes/A", "{\"name\": \"A\", \"position\": 1}", null);
    String set = "{\"kind\": \"GEO_ENRICHMENT\", \"version\": %d, \"radiusKm\": 5}";
    Http.put("feature-sets/CHF", set.formatted(1), null);
    Http.put("feature-sets/CHF", set.formatted(2), null);
    List<String> collections =
        List.of(
            "regions", "units", "providers", "code-lists", "code-lists/CHL/codes", "feature-sets");
    Mirror everything = new Mirror(String.join(",", collections), 1000);
    everything.poll();
    for (String collection : collections) {
      assertThat(everything.of(collection))
          .as(collection)
          .isEqualTo(Mirror.original(collection, ""))
          .isNotEmpty();
    }
  }

  @Test
  void aHistoryTellsWhoChangedWhatAndWhy() {
    Http.put("regions/HIA", region("Land"), null);
    Http.put("regions/HIB", region("Other land"), null);
    Http.put("facilities/HIF", facility("Plant", "HIA", 100), "first");
    Http.put("facilities/HIF", facility("Plant", "HIB", 120), "measured again");
    Http.put("regions/HIA", region("Renamed"), null);
    assertThat(Http.delete("facilities/HIF", "a duplicate").status()).isEqualTo(204);
    Http.put("facilities/HIF", facility("Plant", "HIA", 7), "not a duplicate");

    JsonNode entries = Http.get("facilities/HIF/history").json().get("items");
    assertThat(entries.findValuesAsText("operation"))
        .containsExactly("CREATED", "DELETED", "UPDATED", "CREATED");
    assertThat(entries.findValuesAsText("reason"))
        .containsExactly("not a duplicate", "a duplicate", "measured again", "first");
    assertThat(entries.findValuesAsText("by")).containsOnly("anonymous");
    assertThat(entries.findValuesAsText("load")).containsOnly("null");
    assertThat(entries.at("/2/changes").toString())
        .isEqualTo(
            "[{\"property\":\"capacityMw\",\"from\":100.0,\"to\":120.0},"
                + "{\"property\":\"region\",\"from\":\"HIA\",\"to\":\"HIB\"}]");
    assertThat(entries.at("/1/changes").toString())
        .contains("{\"property\":\"region\",\"from\":\"HIB\",\"to\":null}");
    assertThat(entries.at("/3/changes").toString())
        .contains("{\"property\":\"name\",\"from\":null,\"to\":\"Plant\"}");

    List<String> paged = new ArrayList<>();
    String path = "facilities/HIF/history?limit=1";
    JsonNode page = Http.get(path).json();
    paged.add(page.at("/items/0/revision").asText());
    while (!page.get("next").isNull()) {
      page = Http.get(path + "&after=" + page.get("next").asText()).json();
      paged.add(page.at("/items/0/revision").asText());
    }
    assertThat(paged).isEqualTo(entries.findValuesAsText("revision"));
  }

  @Test
  void aHistoryNamesTheLoad() throws Exception {
    PlatformClient client = PlatformForTests.client();
    Http.put("regions/HLR", region("Land"), null);
    client.create(
        "layouts/history-plants",
        """
        {"into": "facilities", "properties": {"code": {"column": "code"}, "name": {"column": "name"},
         "region": {"constant": "HLR"}, "kind": {"constant": "POWER_PLANT"}}}
        """);
    JsonNode load =
        client.load(
            "layout=history-plants", BodyPublishers.ofString("code,name\nHLF,From a file\n"));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    JsonNode entry = Http.get("facilities/HLF/history").json().at("/items/0");
    assertThat(entry.get("load").asLong()).isEqualTo(load.get("id").asLong());
    assertThat(entry.get("at").asText()).isEqualTo(load.get("recordedAt").asText());
    assertThat(Http.get("layouts/history-plants/history").json().at("/items/0/operation").asText())
        .isEqualTo("CREATED");
  }

  @Test
  void codesAndDatasetsHaveHistoriesOfTheirOwn() {
    Http.put("code-lists/HCL", "{\"name\": \"List\"}", null);
    Http.put("code-lists/HCL/codes/X", "{\"name\": \"Old\"}", null);
    Http.put("code-lists/HCL/codes/X", "{\"name\": \"New\"}", null);
    Http.put("code-lists/HCM", "{\"name\": \"Other list\"}", null);
    Http.put("code-lists/HCM/codes/X", "{\"name\": \"Of another\"}", null);
    JsonNode codes = Http.get("code-lists/HCL/codes/X/history").json().get("items");
    assertThat(codes.at("/0/changes").toString())
        .isEqualTo("[{\"property\":\"name\",\"from\":\"Old\",\"to\":\"New\"}]");
    assertThat(codes).hasSize(2);

    String dimensions = "\"dimensions\": [{\"code\": \"region\", \"values\": \"regions\"}]";
    Http.put("datasets/HCD", "{\"name\": \"D\", \"frequency\": \"A\", " + dimensions + "}", null);
    Http.put("datasets/HCD", "{\"name\": \"D\", \"frequency\": \"M\", " + dimensions + "}", null);
    JsonNode changes = Http.get("datasets/HCD/history").json().at("/items/0/changes");
    assertThat(changes.get(0).toString())
        .isEqualTo("{\"property\":\"frequency\",\"from\":\"A\",\"to\":\"M\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "facilities/NEVER/history",
        "nothing/X/history",
        "datasets/NEVER/history",
        "code-lists/FUEL/codes/NEVER/history",
        "code-lists/NEVER/codes/HYDRO/history"
      })
  void whatNeverWasHasNoHistory(String path) {
    assertThat(Http.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=x",
        "since=-1",
        "since=999999999",
        "collection=planets",
        "limit=0",
        "until=3"
      })
  void aWrongQuestionForChangesIsRefused(String parameter) {
    Http.Answer answer = Http.get("changes?" + parameter);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(parameter).startsWith(answer.json().at("/errors/0/parameter").asText() + "=");
  }

  private static String region(String name) {
    return "{\"name\": \"%s\", \"kind\": \"GROUP\"}".formatted(name);
  }

  private static String facility(String name, String region, int capacity) {
    return """
    {"name": "%s", "kind": "POWER_PLANT", "capacityMw": %d, "region": {"code": "%s"}}
    """
        .formatted(name, capacity, region);
  }
}
