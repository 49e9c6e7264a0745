package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Items, pushes and loads are written while the database fails in one way after the other. The
 * server is not started again, and what it has acknowledged must be found. The database lies on a
 * small disk of its own, which only root can make: elsewhere it is not filled up. {@code mvn
 * -Pcrash verify} lets each failure and the calm after it last longer.
 */
@SuppressWarnings("NullAway.Init")
class OutagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration CALM =
      Duration.ofSeconds(1 + Integer.getInteger("crash.rounds", 0));

  /** So that loads do not come faster than they are merged. */
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(200);

  @TempDir static Path home;

  private static KillablePlatform platform;
  private static boolean smallDisk;

  private final Set<Integer> items = new ConcurrentSkipListSet<>();
  private final Set<Integer> pushes = new ConcurrentSkipListSet<>();
  private final Map<Integer, Long> loads = new TreeMap<>();
  private volatile boolean over;

  @BeforeAll
  static void start() throws Exception {
    Path disk = Files.createDirectories(home.resolve("postgresql"));
    smallDisk = run("mount", "-t", "tmpfs", "-o", "size=600m,mode=700", "tmpfs", disk.toString());
    platform = new KillablePlatform(home);
    platform.client().create("indicators/outage", "{\"name\": \"Outage\"}");
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
    if (smallDisk) {
      run("umount", home.resolve("postgresql").toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @ParameterizedTest
  @EnumSource(Outage.class)
  void whatIsAcknowledgedIsFound(Outage outage) throws Exception {
    assumeTrue(outage != Outage.FULL_DISK || smallDisk, "a small disk can't be made here");
    PlatformClient client = platform.client();
    client.dataset("PUSHED_" + outage, "A", "CENTURY", "indicator=indicators");
    client.dataset("LOADED_" + outage, "A", "CENTURY", "indicator=indicators");
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> writers = new ArrayList<>();
    try {
      writers.add(threads.submit(writer(number -> create(outage, number))));
      writers.add(threads.submit(writer(number -> push(outage, number))));
      writers.add(threads.submit(writer(number -> load(outage, number))));
      awaitMore(outage, writers);
      outage.strike(platform, home.resolve("postgresql").resolve("ballast"));
      awaitMore(outage, writers);
      LockSupport.parkNanos(CALM.toNanos());
    } finally {
      over = true;
      threads.shutdown();
    }
    int failed = 0;
    for (Future<Integer> writer : writers) {
      failed += writer.get();
    }
    check(outage, failed);
  }

  private void check(Outage outage, int failed) throws Exception {
    PlatformClient client = platform.client();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Integer, Long> load : loads.entrySet()) {
      JsonNode ended = client.ended(load.getValue());
      if (!ended.get("state").asText().equals("COMPLETED")) {
        wrong.add("load " + ended);
      }
    }
    Set<Integer> pushed = years("PUSHED_" + outage);
    Set<Integer> loaded = years("LOADED_" + outage);
    Set<String> found =
        client
            .text("indicators?q=" + outage, "text/csv")
            .lines()
            .skip(1)
            .map(line -> line.substring(0, line.indexOf(',')))
            .collect(Collectors.toSet());
    items.stream()
        .filter(n -> !found.contains(item(outage, n)))
        .forEach(n -> wrong.add("item " + n));
    pushes.stream().filter(n -> !pushed.contains(n)).forEach(n -> wrong.add("push " + n));
    loads.keySet().stream()
        .filter(n -> !loaded.contains(n))
        .forEach(n -> wrong.add("values of load " + n));
    System.out.printf(
        "%s: acknowledged and found: items %d and %d, pushes %d and %d, loads %d and %d; not"
            + " acknowledged: %d%n",
        outage,
        items.size(),
        found.size(),
        pushes.size(),
        pushed.size(),
        loads.size(),
        loaded.size(),
        failed);
    assertThat(wrong).as("%s%n%s", outage, platform.lastLines()).isEmpty();
  }

  private static Set<Integer> years(String dataset) throws Exception {
    return platform
        .client()
        .text("datasets/" + dataset + "/observations", "text/csv")
        .lines()
        .skip(1)
        .map(line -> Integer.valueOf(line.split(",", -1)[2]))
        .collect(Collectors.toSet());
  }

  /** Waits until each writer has been acknowledged something more. */
  private void awaitMore(Outage outage, List<Future<Integer>> writers) throws Exception {
    List<Integer> before = List.of(items.size(), pushes.size(), loads());
    Instant deadline = Instant.now().plus(PATIENCE);
    while (items.size() == before.get(0)
        || pushes.size() == before.get(1)
        || loads() == before.get(2)) {
      for (Future<Integer> writer : writers) {
        if (writer.isDone()) {
          writer.get();
        }
      }
      assertThat(Instant.now())
          .as("%s: writes are acknowledged in time%n%s", outage, platform.lastLines())
          .isBefore(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  private int loads() {
    synchronized (loads) {
      return loads.size();
    }
  }

  private interface Write {
    void run(int number) throws Exception;
  }

  /** Writes one thing after the other; answers how many were not acknowledged. */
  private Callable<Integer> writer(Write write) {
    return () -> {
      int failed = 0;
      for (int number = 1; !over && number < 9_999; number++) {
        try {
          write.run(number);
        } catch (IOException e) {
          failed++;
        } catch (StartFailed e) {
          assertThat(e.getMessage()).as(platform.lastLines()).containsPattern(": 50[37] ");
          failed++;
        }
        LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
      }
      return failed;
    };
  }

  private void create(Outage outage, int number) throws Exception {
    platform
        .client()
        .create("indicators/" + item(outage, number), "{\"name\": \"" + outage + "\"}");
    items.add(number);
  }

  private static String item(Outage outage, int number) {
    return "%s_%04d".formatted(outage, number);
  }

  private void push(Outage outage, int number) throws Exception {
    platform
        .client()
        .push(
            "PUSHED_" + outage,
            "[{\"indicator\": \"outage\", \"time\": \"%04d\", \"value\": 1}]".formatted(number));
    pushes.add(number);
  }

  private void load(Outage outage, int number) throws Exception {
    JsonNode load =
        platform
            .client()
            .send(
                "into=datasets/LOADED_" + outage,
                BodyPublishers.ofString("indicator,time,value\noutage,%04d,1\n".formatted(number)));
    synchronized (loads) {
      loads.put(number, load.get("id").asLong());
    }
  }
}
