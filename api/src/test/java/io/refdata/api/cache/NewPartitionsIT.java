package io.refdata.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/**
 * Writes that each bring a partition, in bursts, beside readers of the current and of past states.
 * The n-th write into a dataset makes the value of its first day n and adds the n-th day after it,
 * so any answer tells of which write it is, and whether it is whole.
 */
@ArquillianTest
class NewPartitionsIT {
  private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds", 20));

  /** On a busy machine they take longer than the test is meant to. */
  private static final int LEAST_WRITES = 20;

  private static final Duration PAUSE = Duration.ofMillis(600);
  private static final int READERS = 9;
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  /** A dataset may have a thousand partitions: then another one is written to. */
  private static final int MOST_DAYS = 900;

  private final Client client = new Client();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private volatile Written written = new Written("NEW_0");
  private volatile boolean over;

  /** A dataset, and what is acknowledged of it. */
  private static final class Written {
    private final String dataset;
    private final AtomicLong acknowledged = new AtomicLong(-1);

    /** The instants from which the writes are known, by their numbers. */
    private final List<String> recorded = new ArrayList<>();

    Written(String dataset) {
      this.dataset = dataset;
    }

    synchronized void acknowledge(String recordedAt) {
      recorded.add(recordedAt);
      acknowledged.incrementAndGet();
    }

    synchronized String recordedAt(int number) {
      return recorded.get(number);
    }
  }

  @Test
  void noAnswerMissesAPartitionThatWasThere() throws Exception {
    client.put("indicators/NEW", "{\"name\": \"New\"}");
    describe(written);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(this::readOn));
      }
      long end = System.nanoTime() + LENGTH.toNanos();
      while (faults.isEmpty() && (System.nanoTime() < end || writes.get() < LEAST_WRITES)) {
        int burst = ThreadLocalRandom.current().nextInt(4, 9);
        for (int i = 0; i < burst; i++) {
          write();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      over = true;
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      over = true;
      threads.shutdown();
    }
    System.out.printf(
        "%,d answers, %,d of them kept ones, during %,d writes that each made a partition; short:"
            + " %d%n",
        answers.get(), hits.get(), writes.get(), faults.size());
    assertThat(faults).isEmpty();
    assertThat(answers.get()).as("answers").isGreaterThan(writes.get());
    assertThat(hits.get()).as("kept answers").isGreaterThan(0);
  }

  private void describe(Written into) {
    client.put(
        "datasets/" + into.dataset,
        """
        {"name": "New days", "frequency": "D",
         "dimensions": [{"code": "indicator", "values": "indicators"}],
         "partitioning": {"interval": "DAY", "premake": 0, "onExpiry": "DETACH"}}
        """);
    push(into, 0);
  }

  private void write() {
    Written into = written;
    long number = into.acknowledged.get() + 1;
    if (number > MOST_DAYS) {
      Written next = new Written("NEW_" + (Integer.parseInt(into.dataset.substring(4)) + 1));
      describe(next);
      written = next;
    } else if (number % 10 == 9) {
      load(into, number);
    } else {
      push(into, number);
    }
    writes.incrementAndGet();
  }

  private void push(Written into, long number) {
    String first =
        "{\"indicator\": \"NEW\", \"time\": \"%s\", \"value\": %d}".formatted(FIRST, number);
    String added =
        number == 0
            ? ""
            : ", {\"indicator\": \"NEW\", \"time\": \"%s\", \"value\": 0}"
                .formatted(FIRST.plusDays(number));
    HttpResponse<byte[]> answer =
        client.post(
            "datasets/" + into.dataset + "/observations",
            "application/json",
            "[" + first + added + "]");
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    into.acknowledge(Client.json(answer).get("recordedAt").textValue());
  }

  private void load(Written into, long number) {
    HttpResponse<byte[]> received =
        client.post(
            "loads?into=datasets/" + into.dataset,
            "text/csv",
            "indicator,time,value\nNEW,%s,%d\nNEW,%s,0\n"
                .formatted(FIRST, number, FIRST.plusDays(number)));
    assertThat(received.statusCode()).as(text(received)).isEqualTo(202);
    String path = "loads/" + Client.json(received).get("id").asText();
    JsonNode load = Client.json(client.get(path));
    while (load.get("finishedAt").isNull()) {
      load = Client.json(client.get(path));
    }
    assertThat(load.get("state").textValue()).as(load.toString()).isEqualTo("COMPLETED");
    into.acknowledge(load.get("recordedAt").textValue());
  }

  private void readOn() {
    while (!over) {
      Written of = written;
      long acknowledged = of.acknowledged.get();
      if (acknowledged < 0) {
        continue;
      }
      ThreadLocalRandom random = ThreadLocalRandom.current();
      String past = "";
      long least = acknowledged;
      long most = Long.MAX_VALUE;
      if (random.nextInt(3) == 0) {
        least = most = random.nextLong(Math.max(0, acknowledged - 20), acknowledged + 1);
        past = "&asOf=" + of.recordedAt((int) least);
      }
      String path = "datasets/" + of.dataset + "/observations?key=NEW" + past;
      HttpResponse<byte[]> answer =
          switch (random.nextInt(4)) {
            case 0 -> client.get(path);
            case 1 -> client.get(path, "Cache-Control", "no-cache");
            case 2 -> client.get(path, "Accept", "text/csv");
            default -> client.get(path + "&limit=2000", "Accept", "text/csv");
          };
      answers.incrementAndGet();
      check(path, answer, least, most);
    }
  }

  /** That an answer is all of one write, of one that was acknowledged or of a later one. */
  private void check(String path, HttpResponse<byte[]> answer, long least, long most) {
    String cache = Client.cache(answer);
    if (cache.equals("hit")) {
      hits.incrementAndGet();
    }
    Map<String, Double> days = answer.statusCode() == 200 ? days(answer) : Map.of();
    long number = days.getOrDefault(FIRST.toString(), -1.0).longValue();
    if (number < least || number > most || days.size() != number + 1) {
      faults.add(
          "%s (%s, %d): the first day says %d of %d, and there are %d days"
              .formatted(path, cache, answer.statusCode(), number, least, days.size()));
    }
  }

  private static Map<String, Double> days(HttpResponse<byte[]> answer) {
    Map<String, Double> days = new TreeMap<>();
    if (Client.header(answer, "Content-Type").startsWith("text/csv")) {
      text(answer)
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(cells -> days.put(cells[2], Double.valueOf(cells[3])));
    } else {
      JsonNode series = Client.json(answer).at("/series/0");
      for (int i = 0; i < series.path("time").size(); i++) {
        days.put(series.at("/time/" + i).textValue(), series.at("/value/" + i).doubleValue());
      }
    }
    return days;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
