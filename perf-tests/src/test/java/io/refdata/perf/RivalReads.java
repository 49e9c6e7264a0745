package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.perf.gate.Measurement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/**
 * Measures uncached reads of the platform and the same reads of the {@link Rival}, in turns, one
 * side at a time. Both must give the same bytes.
 */
final class RivalReads {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int CONNECTIONS = 16;
  private static final String UNCACHED = "Cache-Control: no-cache";

  private final ReadPlatform platform;
  private final Rival rival;
  private final int warmUp;
  private final int seconds;

  /**
   * @param warmUp how long each side is warmed up before it is measured, in seconds
   * @param seconds how long a side is measured in a turn
   */
  RivalReads(ReadPlatform platform, Rival rival, int warmUp, int seconds) {
    this.platform = platform;
    this.rival = rival;
    this.warmUp = warmUp;
    this.seconds = seconds;
  }

  /**
   * The platform's rate as a part of the rival's.
   *
   * @throws AssertionError if the two give different bytes
   */
  Measurement rates(String id, String path) throws IOException, InterruptedException {
    Wrk same = Wrk.with(CONNECTIONS);
    return rates(id, path, same, same);
  }

  /**
   * The same for facilities in turn: equal requests that wait together would be one.
   *
   * @param facilities how many there are
   */
  Measurement itemRates(String id, int facilities) throws IOException, InterruptedException {
    return rates(
        id,
        "facilities/PLANT_0",
        inTurn("own-items.lua", platform.api("facilities"), facilities),
        inTurn("rival-items.lua", rival.api("facilities"), facilities));
  }

  private Wrk inTurn(String script, URI collection, int facilities) throws IOException {
    return Wrk.counting(
        CONNECTIONS,
        platform.directory().resolve(script),
        "\"%s/PLANT_\" .. n %% %d".formatted(collection.getPath(), facilities));
  }

  private Measurement rates(String id, String path, Wrk own, Wrk others)
      throws IOException, InterruptedException {
    URI ours = platform.api(path);
    URI theirs = rival.api(path);
    assertThat(text(theirs)).isEqualTo(text(ours));
    others.warmUp(theirs, warmUp);
    own.warmUp(ours, warmUp, UNCACHED);
    Ratio ratio = new Ratio(id, "requests/s");
    for (int turn = 0; turn < Ratio.TURNS; turn++) {
      double rate = others.rate(theirs, seconds);
      ratio.add(own.rate(ours, seconds, UNCACHED), rate);
    }
    return ratio.measurement();
  }

  private static String text(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Cache-Control", "no-cache").build();
    HttpResponse<String> response =
        HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }
}
