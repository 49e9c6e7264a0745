package io.refdata.perf;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.perf.gate.Latency;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What many users do at once: 80 % reads of items and pages that are asked for again and again, 15
 * % quarters of series, 5 % writes, half of them edits of those same items and half pushes of
 * observations. Each answer must be what was asked for.
 */
final class Mix {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int MOST_ITEMS = 2_000;
  private static final int SERIES = 200;
  private static final String[] FUELS = {"HYDRO", "GAS", "COAL", "WIND", "SOLAR", "NUCLEAR"};

  private final ReadPlatform platform;
  private final int items;

  Mix(ReadPlatform platform, int facilities) {
    this.platform = platform;
    this.items = Math.min(facilities, MOST_ITEMS);
  }

  /**
   * What came of it.
   *
   * @param keptAnswers hits to hits and misses of all kept answers
   * @param secondLevel the same of the second-level cache
   */
  record Outcome(Latency latency, double perSecond, double keptAnswers, double secondLevel) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f requests/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms",
          perSecond,
          latency.millis(50),
          latency.millis(95),
          latency.millis(99));
    }
  }

  /** A request, and what its answer must have in it. */
  private record Asked(HttpRequest request, String expected) {}

  /**
   * So many users ask, each again as soon as it is answered.
   *
   * @throws IllegalStateException if any answer was an error, or another than was asked for
   */
  Outcome run(int users, int seconds) throws Exception {
    double[] before = use();
    Crowd crowd = new Crowd(seconds);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      all.add(crowd.join());
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
    double[] after = use();
    List<Integer> perSecond = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      perSecond.add(crowd.answered.get(second));
    }
    return new Outcome(
        new Latency(crowd.nanos, perSecond),
        (double) crowd.nanos.getTotalCount() / seconds,
        ratio(before, after, 0),
        ratio(before, after, 2));
  }

  /** Users who ask until the time is over. */
  private final class Crowd {
    private final Histogram nanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final long start = System.nanoTime();
    private final AtomicIntegerArray answered;
    private final int seconds;

    Crowd(int seconds) {
      this.seconds = seconds;
      this.answered = new AtomicIntegerArray(seconds);
    }

    CompletableFuture<Void> join() {
      CompletableFuture<Void> over = new CompletableFuture<>();
      ask(over);
      return over;
    }

    private void ask(CompletableFuture<Void> over) {
      long sent = System.nanoTime();
      if (failure.get() != null) {
        over.completeExceptionally(new IllegalStateException(failure.get()));
      } else if (sent - start >= TimeUnit.SECONDS.toNanos(seconds)) {
        over.complete(null);
      } else {
        Asked asked = next();
        HTTP.sendAsync(asked.request(), BodyHandlers.ofByteArray())
            .whenComplete(
                (answer, failed) -> {
                  long now = System.nanoTime();
                  nanos.recordValue(now - sent);
                  int second = (int) TimeUnit.NANOSECONDS.toSeconds(now - start);
                  if (second < seconds) {
                    answered.incrementAndGet(second);
                  }
                  failure.compareAndSet(null, fault(asked, answer, failed));
                  ask(over);
                });
      }
    }
  }

  private static @Nullable String fault(
      Asked asked, @Nullable HttpResponse<byte[]> answer, @Nullable Throwable failed) {
    if (answer == null) {
      return asked + ": " + failed;
    }
    String body = new String(answer.body(), StandardCharsets.ISO_8859_1);
    return answer.statusCode() == 200 && body.contains(asked.expected())
        ? null
        : asked + ": " + answer.statusCode() + " " + body;
  }

  /**
   * The rate at which the 99th percentile is under so many milliseconds when the requests come at
   * their own pace: found by doubling it until it is not.
   *
   * @param seconds how long each rate is tried
   * @return requests a second
   */
  double heldRate(double millis, int seconds) throws Exception {
    int held = 0;
    for (int rate = 50; p99(rate, seconds) < millis; rate += Math.max(50, rate / 4)) {
      held = rate;
    }
    return held;
  }

  private double p99(int perSecond, int seconds) throws Exception {
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < perSecond * seconds; i++) {
      requests.add(next().request());
    }
    double[] millis = ConstantRate.millis(perSecond, requests);
    Arrays.sort(millis);
    return millis[millis.length * 99 / 100];
  }

  private Asked next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int kind = random.nextInt(200);
    String item = "PLANT_" + random.nextInt(items);
    String series = "PERF_" + random.nextInt(SERIES);
    if (kind < 120) {
      return read("facilities/" + item, '"' + item + '"');
    } else if (kind < 160) {
      String fuel = FUELS[random.nextInt(FUELS.length)];
      return read("facilities?limit=50&fuel=" + fuel, '"' + fuel + '"');
    } else if (kind < 190) {
      return read(
          "datasets/MANY/observations?from=1995-01-01&to=1995-03-31&key=" + series,
          '"' + series + '"');
    } else if (kind < 195) {
      String capacity = "\"capacityMw\":" + random.nextInt(900);
      return new Asked(
          ConstantRate.edit(platform.api("facilities/" + item), "{" + capacity + "}"), capacity);
    }
    return new Asked(
        HttpRequest.newBuilder(platform.api("datasets/MANY/observations"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "[{\"indicator\": \"%s\", \"time\": \"1995-02-01\", \"value\": %d.5}]"
                        .formatted(series, random.nextInt(5_000))))
            .build(),
        "\"rejected\":[]");
  }

  private Asked read(String path, String expected) {
    return new Asked(ConstantRate.read(platform.api(path)).build(), expected);
  }

  private static double ratio(double[] before, double[] after, int place) {
    double hits = after[place] - before[place];
    double misses = after[place + 1] - before[place + 1];
    return hits / Math.max(1, hits + misses);
  }

  /** Hits and misses of kept answers, then of the second-level cache. */
  private double[] use() throws Exception {
    double[] use = new double[4];
    for (JsonNode region : platform.client().get("database/caches").get("items")) {
      String name = region.get("region").asText();
      if (!name.equals("series")) {
        int place = name.startsWith("answers.") ? 0 : 2;
        use[place] += region.get("hits").asDouble();
        use[place + 1] += region.get("misses").asDouble();
      }
    }
    return use;
  }
}
