package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/**
 * Requests that wait together are answered by one statement. Each gets what it would have got
 * alone.
 */
@ArquillianTest
class GatheredItemsIT {
  private static final int PLANTS = 40;
  private static final int AT_ONCE = 200;
  private static final int ROUNDS = 10;
  private static final String STATEMENT = "ItemRows.items";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A response as a client sees it, without the times. */
  private record Seen(int status, String type, String tag, String body) {}

  @Test
  void eachRequestGetsWhatItWouldGetAlone() {
    for (int i = 0; i < PLANTS; i++) {
      Rest.put(
          "facilities/GATHERED_" + i,
          null,
          "{\"name\": \"Plant %d\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}}"
              .formatted(i));
    }
    Map<String, Seen> alone = new HashMap<>();
    for (String address : addresses()) {
      alone.put(address, seen(send(address).join()));
    }
    assertThat(alone.values()).extracting(Seen::status).contains(200, 400, 404);
    long before = calls();
    Random random = new Random(5);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, List<CompletableFuture<HttpResponse<String>>>> sent = new HashMap<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String address = addresses().get(random.nextInt(addresses().size()));
        sent.computeIfAbsent(address, first -> new ArrayList<>()).add(send(address));
      }
      sent.forEach(
          (address, responses) ->
              responses.forEach(
                  response ->
                      assertThat(seen(response.join())).as(address).isEqualTo(alone.get(address))));
    }
    assertThat(calls()).as("statements for several requests").isGreaterThan(before);
  }

  private static List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < PLANTS; i++) {
      String plant = "facilities/GATHERED_" + i;
      addresses.add(plant);
      addresses.add(plant + "?expand=region");
      addresses.add(plant + "?fields=name,region");
    }
    addresses.addAll(
        List.of(
            "facilities/GATHERED_NONE",
            "facilities/not.a.code",
            "facilities/GATHERED_1?colour=red",
            "facilities/GATHERED_1?asOf=2001-01-01T00:00:00Z",
            "facilities/GATHERED_2?asOf=yesterday",
            "regions/FRA",
            "regions/DEU",
            "code-lists/NONE/codes/X"));
    return addresses;
  }

  private CompletableFuture<HttpResponse<String>> send(String address) {
    return http.sendAsync(
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/" + address))
            .header("Cache-Control", "no-cache")
            .build(),
        BodyHandlers.ofString());
  }

  private static Seen seen(HttpResponse<String> response) {
    return new Seen(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("ETag").orElse(""),
        response.body());
  }

  private static long calls() {
    Response queries = Rest.get("database/queries?limit=1000");
    Number calls = queries.path("items.find { it.name == '" + STATEMENT + "' }?.calls");
    return calls == null ? 0 : Objects.requireNonNull(calls).longValue();
  }
}
