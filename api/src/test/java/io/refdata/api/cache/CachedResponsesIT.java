package io.refdata.api.cache;

import static io.refdata.api.cache.Client.cache;
import static io.refdata.api.cache.Client.header;
import static io.refdata.api.cache.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The responses that are kept in memory, for whom, and until when. */
@ArquillianTest
class CachedResponsesIT {
  private final Client client = new Client();

  @BeforeEach
  void facilities() {
    client.put("organizations/K_OWNER", "{\"name\": \"Owner\", \"region\": {\"code\": \"DEU\"}}");
    for (String code : List.of("K_1", "K_2", "K_3")) {
      client.put(
          "facilities/" + code,
          """
          {"name": "%s", "kind": "POWER_PLANT", "fuel": "HYDRO", "capacityMw": 10,
           "region": {"code": "DEU"}, "organization": {"code": "K_OWNER"}}
          """
              .formatted(code));
    }
  }

  @Test
  void whatIsAskedForAgainIsGivenAgainWithoutAStatement() {
    for (String path :
        List.of(
            "facilities/K_1",
            "facilities/K_1?expand=region,organization",
            "facilities?code=K_1,K_2",
            "facilities?region=DEU&limit=2",
            "regions?within=M49-150&sort=-name",
            "regions/DEU/ancestors",
            "regions/EU/members",
            "facilities?within=EU",
            "facilities?within=EU&on=2019-06-01",
            "code-lists/FUEL/codes",
            "datasets")) {
      HttpResponse<byte[]> first = client.get(path, "Cache-Control", "No-Cache");
      client.get(path);
      HttpResponse<byte[]> again = client.get(path);
      assertThat(cache(first)).as(path).isEqualTo("bypass");
      assertThat(cache(again)).as(path).isEqualTo("hit");
      assertThat(header(again, "Server-Timing")).contains("\"0 statements\"");
      assertThat(again.body()).isEqualTo(first.body());
      for (String name : List.of("ETag", "Vary", "Cache-Control", "Link")) {
        assertThat(header(again, name)).as(path + " " + name).isEqualTo(header(first, name));
      }
      assertThat(header(again, "Content-Type").toLowerCase(java.util.Locale.ROOT))
          .isEqualTo(header(first, "Content-Type").toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void whoHasTheAnswerIsToldSo() {
    String tag = header(client.get("facilities/K_1"), "ETag");
    for (String known : List.of(tag, "\"other\", " + tag, "W/" + tag, "*")) {
      HttpResponse<byte[]> answer = client.get("facilities/K_1", "If-None-Match", known);
      assertThat(answer.statusCode()).as(known).isEqualTo(304);
      assertThat(cache(answer)).isEqualTo("revalidated");
      assertThat(answer.body()).isEmpty();
      assertThat(header(answer, "ETag")).isEqualTo(tag);
    }
    assertThat(client.get("facilities/K_1", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aLongAnswerIsCompressedForWhoTakesThatAndKeptSo() throws IOException {
    String path = "regions?limit=97"; // no other test asks for it
    byte[] plain = client.get(path).body();
    for (String expected : List.of("miss", "hit")) {
      HttpResponse<byte[]> answer = client.get(path, "Accept-Encoding", "br, gzip;q=0.8");
      assertThat(cache(answer)).isEqualTo(expected);
      assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
      assertThat(answer.body().length).isLessThan(plain.length / 2);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
          .isEqualTo(plain);
    }
    assertThat(header(client.get(path, "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
        .isEmpty();
    assertThat(header(client.get("facilities/K_1", "Accept-Encoding", "gzip"), "Content-Encoding"))
        .isEmpty();
    HttpResponse<byte[]> stream =
        client.get("regions", "Accept", "text/csv", "Accept-Encoding", "gzip");
    assertThat(header(stream, "Content-Encoding")).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(stream.body())).readAllBytes())
        .isEqualTo(client.get("regions", "Accept", "text/csv").body());
  }

  @Test
  void anEditIsSeenAtOnceAndLeavesWhatDoesNotShowItAlone() {
    List<String> showing =
        List.of(
            "facilities/K_1",
            "facilities?code=K_1,K_2",
            "facilities?q=K_&sort=capacityMw",
            "facilities?capacityMw=ge:20&region=DEU");
    List<String> others =
        List.of(
            "facilities/K_2",
            "facilities?code=K_2,K_3",
            "facilities?code=K_2&sort=name",
            "organizations/K_OWNER");
    showing.forEach(client::get);
    others.forEach(client::get);
    client.patch("facilities/K_1", "{\"capacityMw\": 77}");
    for (String path : showing) {
      HttpResponse<byte[]> answer = client.get(path);
      assertThat(cache(answer)).as(path).isEqualTo("miss");
      assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
          .as(path)
          .contains("77");
    }
    others.forEach(path -> assertThat(cache(client.get(path))).as(path).isEqualTo("hit"));
  }

  @Test
  void whatAnAnswerNamesBelongsToIt() {
    List<String> naming =
        List.of(
            "facilities/K_1",
            "facilities?code=K_1",
            "facilities/K_2?expand=organization",
            "facilities?code=K_3&expand=organization,emissionSources");
    naming.forEach(client::get);
    String name = "Owner " + System.nanoTime();
    client.patch("organizations/K_OWNER", "{\"name\": \"%s\"}".formatted(name));
    for (String path : naming) {
      assertThat(json(client.get(path)).toString()).as(path).contains(name);
    }
    client.put(
        "emission-sources/K_SOURCE",
        "{\"name\": \"Stack\", \"facility\": {\"code\": \"K_3\"}, \"scope\": 1, \"gas\": \"CO2\"}");
    assertThat(json(client.get(naming.get(3))).toString()).contains("K_SOURCE");
    client.delete("emission-sources/K_SOURCE");
    assertThat(json(client.get(naming.get(3))).toString()).doesNotContain("K_SOURCE");
  }

  @Test
  void whatComesOrGoesIsInTheListsAtOnce() {
    String list = "facilities?q=K_NEW";
    String one = "facilities/K_NEW";
    for (int round = 0; round < 3; round++) {
      assertThat(json(client.get(list)).get("items")).isEmpty();
      assertThat(client.get(one).statusCode()).isEqualTo(404);
      client.put(
          one, "{\"name\": \"K_NEW\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"DEU\"}}");
      assertThat(json(client.get(list)).get("items")).hasSize(1);
      assertThat(client.get(one).statusCode()).isEqualTo(200);
      client.delete(one);
    }
  }

  @Test
  void anEmptyListOfCodesGoesWithItsCodeList() {
    String codes = "code-lists/K_BRIEF/codes";
    client.put("code-lists/K_BRIEF", "{\"name\": \"Brief\"}");
    for (int i = 0; i < 3; i++) {
      assertThat(json(client.get(codes)).get("items")).isEmpty();
    }
    client.delete("code-lists/K_BRIEF");
    assertThat(client.get(codes).statusCode()).isEqualTo(404);
  }

  @Test
  void manyWhoAskForTheSameAtOnceCostItOnce() throws Exception {
    String path = "regions?sort=-name,code&limit=250";
    int clients = 24;
    long before = misses();
    CyclicBarrier together = new CyclicBarrier(clients);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Future<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      answers.add(
          threads.submit(
              () -> {
                together.await();
                return client.get(path).body();
              }));
    }
    byte[] expected = client.get(path).body();
    for (Future<byte[]> answer : answers) {
      assertThat(answer.get()).isEqualTo(expected);
    }
    threads.shutdown();
    assertThat(misses() - before).isEqualTo(1);
  }

  private long misses() {
    return region("answers.lists").get("misses").asLong();
  }

  private JsonNode region(String name) {
    for (JsonNode region : json(client.get("database/caches")).get("items")) {
      if (region.get("region").textValue().equals(name)) {
        return region;
      }
    }
    throw new AssertionError("There is no region " + name);
  }

  @Test
  void everyRegionTellsItsUse() {
    for (JsonNode region : json(client.get("database/caches")).get("items")) {
      for (String member : List.of("entries", "hits", "misses", "evictions")) {
        assertThat(region.path(member).isIntegralNumber()).as(region + " " + member).isTrue();
        assertThat(region.get(member).asLong()).as(region + " " + member).isNotNegative();
      }
      assertThat(region.has("bytes") && region.has("hitRatio")).as(region.toString()).isTrue();
    }
  }

  @Test
  void aRegionTellsWhatItHoldsAndCanBeEmptied() {
    client.get("facilities/K_1");
    client.get("facilities/K_1");
    JsonNode before = region("answers.items");
    assertThat(before.get("entries").asLong()).isPositive();
    assertThat(before.get("bytes").asLong()).isBetween(1L, before.get("maxBytes").asLong());
    assertThat(before.get("hits").asLong()).isPositive();
    assertThat(client.delete("database/caches/answers.items").statusCode()).isEqualTo(204);
    assertThat(region("answers.items").get("entries").asLong()).isZero();
    assertThat(cache(client.get("facilities/K_1"))).isEqualTo("miss");
    String entities = "io.refdata.domain.catalogue.Region";
    assertThat(client.delete("database/caches/" + entities).statusCode()).isEqualTo(204);
    assertThat(client.delete("database/caches/castles").statusCode()).isEqualTo(404);
  }
}
