package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Measures what is served at the rate that just saturates the server, and at four times that rate,
 * whether or not earlier requests have been answered. A request counts as served if its response is
 * 200 and whole within a second.
 */
final class Overload {
  /** As many as may read lists at a time ({@code refdata.lists.at-a-time}). */
  private static final int USERS = 8;

  private static final int TIMES = 4;
  private static final int PROBES_PER_SECOND = 20;
  private static final double IN_TIME_MILLIS = 1_000;
  private static final double NANOS_A_MILLI = 1e6;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final HttpClient HTTP = client();

  /** Of its own: what the other one is late with is no fault of the server. */
  private static final HttpClient PROBING = client();

  private final HttpRequest page;
  private final HttpRequest probe;
  private final int seconds;

  Overload(ReadPlatform platform, String path, int seconds) {
    URI uri = platform.api(path);
    this.page = ConstantRate.read(uri).header("Cache-Control", "no-cache").build();
    this.probe = HttpRequest.newBuilder(uri.resolve("/health/ready")).build();
    this.seconds = 2 * seconds;
  }

  /**
   * A response.
   *
   * @param millis from the time when its request was due until it was whole
   */
  private record Answer(int status, double millis) {
    boolean isServed() {
      return status == 200 && millis <= IN_TIME_MILLIS;
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** The goodput and the slowness of those served, to those at saturation; and what else was. */
  List<Measurement> measure() throws Exception {
    List<Double> goodputs = new ArrayList<>();
    List<Double> slowness = new ArrayList<>();
    List<Double> probes = new ArrayList<>();
    List<Double> recoveries = new ArrayList<>();
    saturate(); // warms up
    String last = "";
    for (int turn = 0; turn < Scale.turns(); turn++) {
      double rate = saturate();
      List<Answer> saturated = send(HTTP, page, rate);
      double before = Math.max(rate, goodput(saturated));
      CompletableFuture<List<Answer>> probing =
          CompletableFuture.supplyAsync(() -> send(PROBING, probe, PROBES_PER_SECOND));
      List<Answer> overloaded = send(HTTP, page, TIMES * rate);
      recoveries.add(recovery(p99(saturated)));
      goodputs.add(goodput(overloaded) / before);
      slowness.add(p99(overloaded) / p99(saturated));
      probes.add(p99(probing.join()));
      last =
          "%.0f/s and p99 %.0f ms at saturation; %.0f/s and p99 %.0f ms, %d refused, at four times"
              .formatted(
                  before,
                  p99(saturated),
                  goodput(overloaded),
                  p99(overloaded),
                  overloaded.stream().filter(answer -> answer.status() == 503).count());
      System.out.println(last);
    }
    return List.of(
        new Measurement("overload-goodput", goodputs, last, "", null),
        new Measurement("overload-p99", slowness, last, "", null),
        Measurement.of("overload-health", doubles(probes)),
        Measurement.of("overload-recovery", doubles(recoveries)));
  }

  private static DoubleStream doubles(List<Double> values) {
    return values.stream().mapToDouble(value -> value);
  }

  /** The rate of as many users as may read at a time: each asks again when it is answered. */
  private double saturate() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int served =
        IntStream.range(0, USERS)
            .mapToObj(
                user -> CompletableFuture.supplyAsync(() -> ask(end), command -> start(command)))
            .toList()
            .stream()
            .mapToInt(CompletableFuture::join)
            .sum();
    return (double) served / seconds;
  }

  private static void start(Runnable command) {
    new Thread(command, "user").start();
  }

  private int ask(long end) {
    int served = 0;
    while (System.nanoTime() < end) {
      served += answer(HTTP, page, System.nanoTime()).join().status() == 200 ? 1 : 0;
    }
    return served;
  }

  private List<Answer> send(HttpClient client, HttpRequest request, double perSecond) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < perSecond * seconds; i++) {
      long due = start + (long) (TimeUnit.SECONDS.toNanos(i) / perSecond);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      answers.add(answer(client, request, due));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static CompletableFuture<Answer> answer(
      HttpClient client, HttpRequest request, long due) {
    return client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(
            response ->
                new Answer(response.statusCode(), (System.nanoTime() - due) / NANOS_A_MILLI));
  }

  /** How many were served in a second. */
  private double goodput(List<Answer> answers) {
    return (double) answers.stream().filter(Answer::isServed).count() / seconds;
  }

  private static double p99(List<Answer> answers) {
    double[] millis =
        answers.stream()
            .filter(answer -> answer.status() == 200)
            .mapToDouble(Answer::millis)
            .sorted()
            .toArray();
    if (millis.length == 0) {
      throw new IllegalStateException("Nothing was served");
    }
    return millis[millis.length * 99 / 100];
  }

  /** The milliseconds until a page is served as soon as it was at saturation. */
  private double recovery(double millis) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      Answer answer = answer(HTTP, page, System.nanoTime()).join();
      if (answer.status() == 200 && answer.millis() <= millis) {
        return (System.nanoTime() - start) / NANOS_A_MILLI;
      }
    }
    return PATIENCE.toMillis();
  }
}
