package io.refdata.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/**
 * Readers hammer answers while they are edited, pushed and loaded. Each thing has a number that
 * every write makes greater; an answer is stale if it has a lesser one than a write had confirmed,
 * or anybody had read, before the question was asked.
 */
@ArquillianTest
class FreshAnswersIT {
  private static final int THINGS = 12;
  private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("soak.seconds", 20));
  private static final int READERS = 6;

  private final Client client = new Client();
  private final AtomicLongArray facilities = new AtomicLongArray(THINGS);
  private final AtomicLongArray series = new AtomicLongArray(THINGS);
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ConcurrentLinkedQueue<String> stale = new ConcurrentLinkedQueue<>();

  @Test
  void noAnswerIsOlderThanWhatIsKnown() throws Exception {
    prepare();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    running.add(threads.submit(writer(this::edit)));
    running.add(threads.submit(writer(this::edit)));
    running.add(threads.submit(writer(this::push)));
    running.add(threads.submit(writer(this::load)));
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(threads.submit(this::readOn));
    }
    for (Future<?> reader : readers) {
      reader.get();
    }
    over.set(true);
    for (Future<?> writer : running) {
      writer.get();
    }
    threads.shutdown();
    System.out.printf(
        "%,d answers, %,d of them kept ones, during %,d writes%n",
        asked.get(), hits.get(), writes.get());
    assertThat(stale).isEmpty();
    assertThat(hits.get()).as("kept answers").isGreaterThan(asked.get() / 10);
    assertThat(writes.get()).as("writes").isGreaterThan(100);
  }

  private void prepare() {
    for (int i = 0; i < THINGS; i++) {
      client.put(
          "facilities/" + facility(i),
          """
          {"name": "%s", "kind": "POWER_PLANT", "region": {"code": "DEU"}, "capacityMw": 0}
          """
              .formatted(facility(i)));
    }
    client.put(
        "layouts/fresh",
        """
        {"into": "facilities", "properties": {"code": {"column": "code"}, "name": {"column": "code"},
         "kind": {"constant": "POWER_PLANT"}, "region": {"constant": "DEU"}, "capacityMw": {"column": "mw"}}}
        """);
    client.put(
        "datasets/FRESH",
        """
        {"name": "Fresh", "frequency": "A", "unknownCodes": "CREATE",
         "dimensions": [{"code": "facility", "values": "facilities"}],
         "partitioning": {"interval": "CENTURY", "premake": 1, "onExpiry": "DETACH"}}
        """);
    for (int i = 0; i < THINGS; i++) {
      push(i);
    }
  }

  private static String facility(int i) {
    return "F_" + i;
  }

  private static int any() {
    return ThreadLocalRandom.current().nextInt(THINGS);
  }

  private interface Write {
    void run(int thing);
  }

  private Callable<Void> writer(Write write) {
    return () -> {
      while (!over.get()) {
        write.run(any());
        writes.incrementAndGet();
        LockSupport.parkNanos(5_000_000);
      }
      return null;
    };
  }

  /** The number is drawn in the order of the commits: one writer of a thing at a time. */
  private final Object[] turns = IntStream.range(0, THINGS).mapToObj(i -> new Object()).toArray();

  private void edit(int thing) {
    synchronized (turns[thing]) {
      long number = next.incrementAndGet();
      HttpResponse<byte[]> answer =
          client.patch("facilities/" + facility(thing), "{\"capacityMw\": %d}".formatted(number));
      assertThat(answer.statusCode()).isEqualTo(200);
      reached(facilities, thing, number);
    }
  }

  private synchronized void push(int thing) {
    long number = next.incrementAndGet();
    HttpResponse<byte[]> answer =
        client.post(
            "datasets/FRESH/observations",
            "application/json",
            "[{\"facility\": \"%s\", \"time\": \"2020\", \"value\": %d}]"
                .formatted(facility(thing), number));
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    reached(series, thing, number);
  }

  /** Into the collection and into the dataset, by turns. */
  private void load(int thing) {
    if (thing % 2 == 0) {
      synchronized (turns[thing]) {
        long number = next.incrementAndGet();
        load("loads?layout=fresh", "code,mw\n%s,%d\n".formatted(facility(thing), number));
        reached(facilities, thing, number);
      }
    } else {
      synchronized (this) {
        long number = next.incrementAndGet();
        load(
            "loads?into=datasets/FRESH",
            "facility,time,value,status\n%s,2020,%d,\n".formatted(facility(thing), number));
        reached(series, thing, number);
      }
    }
  }

  private void load(String path, String csv) {
    HttpResponse<byte[]> received = client.post(path, "text/csv", csv);
    assertThat(received.statusCode())
        .as(new String(received.body(), StandardCharsets.UTF_8))
        .isEqualTo(202);
    String id = Client.json(received).get("id").asText();
    while (true) {
      JsonNode load = Client.json(client.get("loads/" + id));
      if (!load.get("finishedAt").isNull()) {
        assertThat(load.get("state").textValue()).as(load.toString()).isEqualTo("COMPLETED");
        return;
      }
    }
  }

  private static void reached(AtomicLongArray numbers, int thing, long number) {
    numbers.accumulateAndGet(thing, number, Math::max);
  }

  private void readOn() {
    long end = System.nanoTime() + SPAN.toNanos();
    while (System.nanoTime() < end) {
      asked.incrementAndGet();
      switch (ThreadLocalRandom.current().nextInt(6)) {
        case 0 -> readFacilities("facilities/" + facility(any()));
        case 1 -> readFacilities("facilities/" + facility(any()) + "?expand=region");
        case 2 ->
            readFacilities(
                "facilities?code="
                    + IntStream.range(0, THINGS)
                        .mapToObj(FreshAnswersIT::facility)
                        .collect(Collectors.joining(",")));
        case 3 -> readFacilities("facilities?q=F_&capacityMw=ge:0&sort=-capacityMw");
        case 4 -> readSeries("datasets/FRESH/observations?key=" + facility(any()));
        default -> readSeries("datasets/FRESH/observations?last=1");
      }
    }
  }

  private void readFacilities(String path) {
    long[] floor = floor(facilities);
    JsonNode answer = read(path);
    Iterable<JsonNode> items = answer.has("items") ? answer.get("items") : List.of(answer);
    for (JsonNode item : items) {
      check(facilities, floor, item.get("code").textValue(), item.get("capacityMw").asLong(), path);
    }
  }

  private void readSeries(String path) {
    long[] floor = floor(series);
    for (JsonNode one : read(path).get("series")) {
      check(series, floor, one.get("key").textValue(), one.at("/value/0").asLong(), path);
    }
  }

  private static long[] floor(AtomicLongArray numbers) {
    return IntStream.range(0, THINGS).mapToLong(numbers::get).toArray();
  }

  private void check(AtomicLongArray numbers, long[] floor, String code, long number, String path) {
    int thing = Integer.parseInt(code.substring(2));
    if (number < floor[thing]) {
      stale.add("%s: %s has %d, %d was known".formatted(path, code, number, floor[thing]));
    }
    reached(numbers, thing, number);
  }

  private JsonNode read(String path) {
    HttpResponse<byte[]> answer = client.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    if (Client.cache(answer).equals("hit")) {
      hits.incrementAndGet();
    }
    return Client.json(answer);
  }
}
