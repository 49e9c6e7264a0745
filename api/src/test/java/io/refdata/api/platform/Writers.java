package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Three clients that write all the time: one creates items, one pushes observations, one sends
 * loads. They remember the number of each write that was acknowledged, and go on when one is not.
 */
final class Writers {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So that loads do not come faster than they are merged. */
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(200);

  /** The last year that there is. */
  private static final int MOST = 9_999;

  private final KillablePlatform platform;
  private final String name;
  private final NavigableSet<Integer> items = new ConcurrentSkipListSet<>();
  private final NavigableSet<Integer> pushes = new ConcurrentSkipListSet<>();
  private final SortedMap<Integer, Long> loads = new ConcurrentSkipListMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> writing = new ArrayList<>();
  private volatile boolean over;

  /**
   * Makes what they need, and lets them begin.
   *
   * @param name of these writers, which is in the names of what they write
   */
  Writers(KillablePlatform platform, String name) throws IOException, InterruptedException {
    this.platform = platform;
    this.name = name;
    PlatformClient client = platform.client();
    for (String indicator : WrittenValues.INDICATORS) {
      client.create("indicators/" + indicator, "{\"name\": \"Outage\"}");
    }
    client.dataset(pushed(), "A", "CENTURY", "indicator=indicators");
    client.dataset(loaded(), "A", "CENTURY", "indicator=indicators");
    writing.add(threads.submit(writer(this::create)));
    writing.add(threads.submit(writer(this::push)));
    writing.add(threads.submit(writer(this::load)));
  }

  /** The name of these writers, which is the name of their items too. */
  String name() {
    return name;
  }

  /** The code of an item. */
  String item(int number) {
    return "%s_%04d".formatted(name, number);
  }

  /** The dataset into which they push. */
  String pushed() {
    return "PUSHED_" + name;
  }

  /** The dataset into which they load. */
  String loaded() {
    return "LOADED_" + name;
  }

  /** The numbers of the items that were acknowledged. */
  NavigableSet<Integer> items() {
    return items;
  }

  NavigableSet<Integer> pushes() {
    return pushes;
  }

  /** The loads that were acknowledged, by the numbers of their writes. */
  SortedMap<Integer, Long> loads() {
    return loads;
  }

  /** The number of writes that were not acknowledged. */
  int refused() {
    return refused.get();
  }

  /** Waits until each writer has been acknowledged something more. */
  void awaitMore(String what) throws ExecutionException, InterruptedException {
    List<Integer> before = List.of(items.size(), pushes.size(), loads.size());
    Instant deadline = Instant.now().plus(PATIENCE);
    while (items.size() == before.get(0)
        || pushes.size() == before.get(1)
        || loads.size() == before.get(2)) {
      for (Future<?> writer : writing) {
        if (writer.isDone()) {
          writer.get();
        }
      }
      assertThat(Instant.now())
          .as("%s: writes are acknowledged in time%n%s", what, platform.lastLines())
          .isBefore(deadline);
      platform.keepDatabase();
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Lets them end, with what they are at. */
  void stop() throws ExecutionException, InterruptedException {
    over = true;
    threads.shutdown();
    for (Future<?> writer : writing) {
      writer.get();
    }
  }

  private interface Write {
    void run(int number) throws Exception;
  }

  /** Writes one thing after the other. */
  private Callable<Void> writer(Write write) {
    return () -> {
      for (int number = 1; !over && number <= MOST; number++) {
        try {
          write.run(number);
        } catch (IOException e) {
          refused.incrementAndGet();
        } catch (StartFailed e) {
          assertThat(e.getMessage()).as(platform.lastLines()).containsPattern(": 50[37] ");
          refused.incrementAndGet();
        }
        LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
      }
      return null;
    };
  }

  private void create(int number) throws IOException, InterruptedException {
    platform.client().create("indicators/" + item(number), "{\"name\": \"" + name + "\"}");
    items.add(number);
  }

  private void push(int number) throws IOException, InterruptedException {
    JsonNode answer = platform.client().push(pushed(), WrittenValues.json(number));
    assertThat(answer.get("rejected")).as(answer.toString()).isEmpty();
    pushes.add(number);
  }

  private void load(int number) throws IOException, InterruptedException {
    JsonNode load =
        platform
            .client()
            .send("into=datasets/" + loaded(), BodyPublishers.ofString(WrittenValues.csv(number)));
    loads.put(number, load.get("id").asLong());
  }
}
