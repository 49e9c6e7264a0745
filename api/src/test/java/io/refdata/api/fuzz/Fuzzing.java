package io.refdata.api.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Sends requests by their numbers, a few at a time, and keeps what is wrong with the answers. */
final class Fuzzing {
  private static final int AT_A_TIME = 4;
  private static final long MOST_NANOS = 2_000_000_000;

  /** Operations on the whole database take longer. */
  private static final long MOST_NANOS_OF_UPKEEP = 20_000_000_000L;

  /** A busy machine may be what made an answer slow; then it is not slow each time. */
  private static final int SLOW_TIMES = 3;

  private final Wire wire;
  private final Requests requests;
  private final Judge judge;
  private final Findings findings = new Findings();
  private final AtomicInteger[] statuses =
      IntStream.range(0, 600).mapToObj(i -> new AtomicInteger()).toArray(AtomicInteger[]::new);
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicLong slowest = new AtomicLong();

  private Fuzzing(URI server, Requests requests, Judge judge) {
    this.wire = new Wire(new InetSocketAddress(server.getHost(), server.getPort()));
    this.requests = requests;
    this.judge = judge;
  }

  /**
   * Prepares a server and sends it requests.
   *
   * @param callers who sends them
   * @param count how many at most
   * @param only the number of the one that is sent alone; 0 for all
   * @param most for how long at most: a busy machine sends fewer
   */
  static Findings run(
      URI server, Callers callers, long seed, int count, int only, Duration most, PrintStream out)
      throws IOException, InterruptedException, ExecutionException {
    Ground ground = new Ground(server, callers.all());
    ground.prepare();
    Description description = ground.description();
    Requests requests =
        new Requests(seed, description.operations(), ground.cursors(description), callers);
    Fuzzing fuzzing = new Fuzzing(server, requests, new Judge(description, callers));
    long begin = System.nanoTime();
    if (only > 0) {
      Attempt attempt = requests.request(only);
      out.println(attempt.shown());
      out.println(fuzzing.judged(attempt));
    } else {
      fuzzing.all(count, begin + most.toNanos());
    }
    out.printf(
        "%,d requests of seed %d in %,d s, the slowest %,d ms; statuses%s%n%s%n",
        fuzzing.sent.get(),
        seed,
        (System.nanoTime() - begin) / 1_000_000_000,
        fuzzing.slowest.get() / 1_000_000,
        fuzzing.counts(),
        fuzzing.findings);
    return fuzzing.findings;
  }

  private void all(int count, long end) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      ends.add(
          threads.submit(
              () -> {
                for (int number = next.incrementAndGet();
                    number <= count && System.nanoTime() < end;
                    number = next.incrementAndGet()) {
                  judged(requests.request(number));
                }
              }));
    }
    threads.shutdown();
    for (Future<?> thread : ends) {
      thread.get();
    }
  }

  private Answer judged(Attempt attempt) {
    try {
      Answer answer = wire.send(attempt);
      sent.incrementAndGet();
      statuses[answer.status()].incrementAndGet();
      slowest.accumulateAndGet(answer.nanos(), Math::max);
      Optional<String> fault = judge.fault(attempt, answer);
      if (fault.isEmpty() && isSlow(attempt, answer)) {
        fault = Optional.of("slow");
      }
      fault.ifPresent(wrong -> findings.add(attempt, wrong, answer));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("-Dfuzz.only=" + attempt.number(), e);
    }
  }

  private boolean isSlow(Attempt attempt, Answer first) throws IOException {
    boolean upkeep =
        attempt.method().equals("POST") && attempt.target().contains("/api/v1/database/");
    long most = upkeep ? MOST_NANOS_OF_UPKEEP : MOST_NANOS;
    Answer answer = first;
    for (int i = 1; answer.nanos() > most && i < SLOW_TIMES; i++) {
      answer = wire.send(attempt);
    }
    return answer.nanos() > most;
  }

  private String counts() {
    StringBuilder counts = new StringBuilder();
    for (int status = 0; status < statuses.length; status++) {
      if (statuses[status].get() > 0) {
        counts.append(" ").append(status).append(": ").append(statuses[status]);
      }
    }
    return counts.toString();
  }
}
