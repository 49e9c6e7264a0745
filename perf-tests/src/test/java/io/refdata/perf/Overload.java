package io.refdata.perf;

import io.refdata.perf.SteadyClient.Answer;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.DoubleStream;

/**
 * Measures what is served at the rate that just saturates the server, and at four times that rate,
 * whether or not earlier requests have been answered. A request counts as served if its response is
 * 200 and whole within a second. Both rates are sent by the same client.
 */
final class Overload {
  /** As many as may read lists at a time ({@code refdata.lists.at-a-time}). */
  private static final int USERS = 8;

  private static final int TIMES = 4;
  private static final int PROBES_PER_SECOND = 20;
  private static final int CONNECTIONS = 4_000;
  private static final double IN_TIME_MILLIS = 1_000;
  private static final double NANOS_A_MILLI = 1e6;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final URI page;
  private final URI probe;
  private final int seconds;

  Overload(ReadPlatform platform, String path, int seconds) {
    this.page = platform.api(path);
    this.probe = page.resolve("/health/ready");
    this.seconds = 2 * seconds;
  }

  /** The goodput and the slowness of those served, to those at saturation; and what else was. */
  List<Measurement> measure() throws IOException {
    List<Double> goodputs = new ArrayList<>();
    List<Double> slowness = new ArrayList<>();
    List<Double> probes = new ArrayList<>();
    List<Double> recoveries = new ArrayList<>();
    String last = "";
    try (SteadyClient client = client()) {
      client.users(USERS, seconds); // warms up
      for (int turn = 0; turn < Scale.turns(); turn++) {
        double rate = goodput(client.users(USERS, seconds));
        List<Answer> saturated = client.atRate(rate, seconds);
        double before = Math.max(rate, goodput(saturated));
        CompletableFuture<List<Answer>> probing = CompletableFuture.supplyAsync(this::probe);
        List<Answer> overloaded = client.atRate(TIMES * rate, seconds);
        recoveries.add(recovery(client, p99(saturated)));
        goodputs.add(goodput(overloaded) / before);
        slowness.add(p99(overloaded) / p99(saturated));
        probes.add(p99(probing.join()));
        last =
            "%.0f/s and p99 %.0f ms at saturation; %.0f/s and p99 %.0f ms, %d of %d refused, at four times"
                .formatted(
                    before,
                    p99(saturated),
                    goodput(overloaded),
                    p99(overloaded),
                    overloaded.stream().filter(Overload::isRefused).count(),
                    overloaded.size());
        System.out.println(last);
      }
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

  private static boolean isRefused(Answer answer) {
    return answer.status() == 503 || answer.status() == 429;
  }

  private SteadyClient client() throws IOException {
    return new SteadyClient(
        page, CONNECTIONS, "Accept: application/json", "Cache-Control: no-cache");
  }

  /** By a client of its own: what the other one is late with is no fault of the server. */
  private List<Answer> probe() {
    try (SteadyClient client = new SteadyClient(probe, PROBES_PER_SECOND, "Accept: */*")) {
      return client.atRate(PROBES_PER_SECOND, seconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of requests that were served in time, per second. */
  private double goodput(List<Answer> answers) {
    return (double) answers.stream().filter(answer -> answer.isServed(IN_TIME_MILLIS)).count()
        / seconds;
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
  private static double recovery(SteadyClient client, double millis) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      if (client.once().isServed(millis)) {
        return (System.nanoTime() - start) / NANOS_A_MILLI;
      }
    }
    return PATIENCE.toMillis();
  }
}
