package io.refdata.api.client;

import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that asks 50 times a second, and 10 times for health, whatever became of its earlier
 * requests: mostly for an item or a few observations past the cache, sometimes for a kept answer,
 * and it edits and pushes, too.
 */
final class SteadyClient {
  private static final int A_SECOND = 60;

  /** One request in so many is a probe. */
  private static final int PROBED = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String dataset;
  private static final AtomicInteger ASKED = new AtomicInteger();

  /**
   * @param dataset with the indicator ATTACKED, which is pushed to
   */
  SteadyClient(String dataset) {
    this.dataset = dataset;
  }

  /**
   * The responses that it saw.
   *
   * @param failures one line each
   * @param millis from the moment at which each was due to be asked for, in order of size
   * @param probes the same of probes for health
   */
  record Seen(List<String> failures, List<Double> millis, List<Double> probes) {
    double p99() {
      return p99(millis);
    }

    double probesP99() {
      return p99(probes);
    }

    private static double p99(List<Double> sorted) {
      return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }
  }

  /** Asks for so long, and waits for the last answer. */
  Seen ask(Duration time) {
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    List<Double> probes = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    long start = System.nanoTime();
    long count = time.toMillis() * A_SECOND / 1000;
    try {
      for (long i = 0; i < count; i++) {
        boolean probe = i % PROBED == 0;
        HttpRequest request = probe ? probe(i) : next();
        long due = start + TimeUnit.SECONDS.toNanos(i) / A_SECOND;
        CompletableFuture<Void> answer = new CompletableFuture<>();
        answers.add(answer);
        clock.schedule(
            () ->
                http.sendAsync(request, BodyHandlers.ofString())
                    .handle(
                        (response, failure) -> {
                          (probe ? probes : millis).add((System.nanoTime() - due) / 1e6);
                          if (failure != null) {
                            failures.add(request.method() + " " + request.uri() + ": " + failure);
                          } else if (response.statusCode() >= 300) {
                            failures.add(
                                request.method()
                                    + " "
                                    + request.uri()
                                    + ": "
                                    + response.statusCode()
                                    + " "
                                    + response.body());
                          }
                          answer.complete(null);
                          return null;
                        }),
            Math.max(0, due - System.nanoTime()),
            TimeUnit.NANOSECONDS);
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    } finally {
      clock.shutdownNow();
    }
    return new Seen(failures, sorted(millis), sorted(probes));
  }

  private static List<Double> sorted(List<Double> millis) {
    return millis.stream().sorted().toList();
  }

  private static HttpRequest probe(long number) {
    String path = number % (2 * PROBED) == 0 ? "live" : "ready";
    return HttpRequest.newBuilder(
            URI.create("%s:%d/health/%s".formatted(RestAssured.baseURI, RestAssured.port, path)))
        .timeout(PATIENCE)
        .build();
  }

  private HttpRequest next() {
    int turn = ASKED.getAndIncrement();
    String observations = "datasets/" + dataset + "/observations";
    return switch (turn % 10) {
      case 0, 1, 2 -> request("regions/FRA").header("Cache-Control", "no-cache").build();
      case 3, 4, 5 ->
          request(observations + "?key=ATTACKED&last=5")
              .header("Cache-Control", "no-cache")
              .build();
      case 6, 7 -> request("units/MWH").build();
      case 8 ->
          request("providers/STEADY_" + turn)
              .header("Content-Type", "application/json")
              .header("If-None-Match", "*")
              .PUT(BodyPublishers.ofString("{\"name\": \"Steady\"}"))
              .build();
      default ->
          request(observations)
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "[{\"indicator\": \"ATTACKED\", \"time\": \"2020-01-01\", \"value\": %d}]"
                          .formatted(turn)))
              .build();
    };
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("%s:%d/api/v1/%s".formatted(RestAssured.baseURI, RestAssured.port, path)))
        .timeout(PATIENCE);
  }
}
