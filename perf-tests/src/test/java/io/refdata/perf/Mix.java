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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The requests of many users at the same time: 80 % are repeated reads of the same items and pages,
 * 15 % read a quarter of a series, 5 % are writes: half of them edits of the same items, half
 * pushes of observations. Each response is checked.
 */
final class Mix {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int MAX_ITEMS = 2_000;
  private static final int SERIES = 200;
  private static final String[] FUELS = {"HYDRO", "GAS", "COAL", "WIND", "SOLAR", "NUCLEAR"};

  private final ReadPlatform platform;
  private final int items;

  Mix(ReadPlatform platform, int facilities) {
    this.platform = platform;
    this.items = Math.min(facilities, MAX_ITEMS);
  }

  /**
   * The result of a run.
   *
   * @param slow the 99th percentile of each kind of request, in milliseconds
   * @param responseCache the hit ratio of the response cache
   * @param secondLevel the hit ratio of the second-level cache
   */
  record Outcome(
      Latency latency,
      Map<Kind, Long> slow,
      double perSecond,
      double responseCache,
      double secondLevel) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f requests/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, of each kind %s",
          perSecond,
          latency.millis(50),
          latency.millis(95),
          latency.millis(99),
          slow);
    }
  }

  /** A kind of request that users send. */
  private enum Kind {
    ITEM,
    LIST,
    SERIES,
    EDIT,
    PUSH
  }

  /** A request, and a text that its response must contain. */
  private record Question(Kind kind, HttpRequest request, String expected) {}

  /**
   * Lets a number of users send requests; each sends the next one when its response has arrived.
   *
   * @throws IllegalStateException if any response was an error, or did not contain the expected
   *     text
   */
  Outcome run(int users, int seconds) throws Exception {
    double[] before = hitsAndMisses();
    Crowd crowd = new Crowd(seconds);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      all.add(crowd.join());
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
    double[] after = hitsAndMisses();
    List<Integer> perSecond = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      perSecond.add(crowd.completed.get(second));
    }
    return new Outcome(
        new Latency(crowd.nanos, perSecond),
        crowd.slow(),
        (double) crowd.nanos.getTotalCount() / seconds,
        ratio(before, after, 0),
        ratio(before, after, 2));
  }

  /** The users, who send requests until the time is over. */
  private final class Crowd {
    private final Histogram nanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3);
    private final Map<Kind, Histogram> byKind = new EnumMap<>(Kind.class);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final long start = System.nanoTime();
    private final AtomicIntegerArray completed;
    private final int seconds;

    Crowd(int seconds) {
      this.seconds = seconds;
      this.completed = new AtomicIntegerArray(seconds);
      for (Kind kind : Kind.values()) {
        byKind.put(kind, new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 3));
      }
    }

    Map<Kind, Long> slow() {
      Map<Kind, Long> slow = new EnumMap<>(Kind.class);
      byKind.forEach(
          (kind, times) ->
              slow.put(kind, TimeUnit.NANOSECONDS.toMillis(times.getValueAtPercentile(99))));
      return slow;
    }

    CompletableFuture<Void> join() {
      CompletableFuture<Void> end = new CompletableFuture<>();
      send(end);
      return end;
    }

    private void send(CompletableFuture<Void> end) {
      long sent = System.nanoTime();
      if (failure.get() != null) {
        end.completeExceptionally(new IllegalStateException(failure.get()));
      } else if (sent - start >= TimeUnit.SECONDS.toNanos(seconds)) {
        end.complete(null);
      } else {
        Question question = next();
        HTTP.sendAsync(question.request(), BodyHandlers.ofByteArray())
            .whenComplete(
                (response, error) -> {
                  long now = System.nanoTime();
                  nanos.recordValue(now - sent);
                  Objects.requireNonNull(byKind.get(question.kind())).recordValue(now - sent);
                  int second = (int) TimeUnit.NANOSECONDS.toSeconds(now - start);
                  if (second < seconds) {
                    completed.incrementAndGet(second);
                  }
                  failure.compareAndSet(null, fault(question, response, error));
                  send(end);
                });
      }
    }
  }

  private static @Nullable String fault(
      Question question, @Nullable HttpResponse<byte[]> response, @Nullable Throwable error) {
    if (response == null) {
      return question + ": " + error;
    }
    String body = new String(response.body(), StandardCharsets.ISO_8859_1);
    return response.statusCode() == 200 && body.contains(question.expected())
        ? null
        : question + ": " + response.statusCode() + " " + body;
  }

  /**
   * The highest constant rate at which the 99th percentile is below a bound. The rate is raised
   * step by step until the bound is exceeded.
   *
   * @param millis the bound
   * @param seconds how long each rate is tried
   * @return requests per second
   */
  double sustainedRate(double millis, int seconds) throws Exception {
    int sustained = 0;
    for (int rate = 50; p99(rate, seconds) < millis; rate += Math.max(50, rate / 4)) {
      sustained = rate;
    }
    return sustained;
  }

  private double p99(int perSecond, int seconds) throws Exception {
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < perSecond * seconds; i++) {
      requests.add(next().request());
    }
    double[] millis;
    try {
      millis = ConstantRate.millis(perSecond, requests);
    } catch (ExecutionException e) {
      return Double.POSITIVE_INFINITY; // so much is shed
    }
    Arrays.sort(millis);
    return millis[millis.length * 99 / 100];
  }

  private Question next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int kind = random.nextInt(200);
    String item = "PLANT_" + random.nextInt(items);
    String series = "PERF_" + random.nextInt(SERIES);
    if (kind < 120) {
      return read(Kind.ITEM, "facilities/" + item, '"' + item + '"');
    } else if (kind < 160) {
      String fuel = FUELS[random.nextInt(FUELS.length)];
      return read(Kind.LIST, "facilities?limit=50&fuel=" + fuel, '"' + fuel + '"');
    } else if (kind < 190) {
      return read(
          Kind.SERIES,
          "datasets/MANY/observations?from=1995-01-01&to=1995-03-31&key=" + series,
          '"' + series + '"');
    } else if (kind < 195) {
      String capacity = "\"capacityMw\":" + random.nextInt(900);
      return new Question(
          Kind.EDIT,
          ConstantRate.edit(platform.api("facilities/" + item), "{" + capacity + "}"),
          capacity);
    }
    return new Question(
        Kind.PUSH,
        HttpRequest.newBuilder(platform.api("datasets/MANY/observations"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "[{\"indicator\": \"%s\", \"time\": \"1995-02-01\", \"value\": %d.5}]"
                        .formatted(series, random.nextInt(5_000))))
            .build(),
        "\"rejected\":[]");
  }

  private Question read(Kind kind, String path, String expected) {
    return new Question(kind, ConstantRate.read(platform.api(path)).build(), expected);
  }

  private static double ratio(double[] before, double[] after, int index) {
    double hits = after[index] - before[index];
    double misses = after[index + 1] - before[index + 1];
    return hits / Math.max(1, hits + misses);
  }

  /** Hits and misses of the response cache, then of the second-level cache. */
  private double[] hitsAndMisses() throws Exception {
    double[] hitsAndMisses = new double[4];
    for (JsonNode region : platform.client().get("database/caches").get("items")) {
      String name = region.get("region").asText();
      if (!name.equals("series")) {
        int index = name.startsWith("answers.") ? 0 : 2;
        hitsAndMisses[index] += region.get("hits").asDouble();
        hitsAndMisses[index + 1] += region.get("misses").asDouble();
      }
    }
    return hitsAndMisses;
  }
}
