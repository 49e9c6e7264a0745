package io.refdata.api.platform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Two clients that read all the time what writers write: one the first item, the other the last one
 * and all pushes. What was acknowledged before a read began must be in its answer.
 */
final class Readers {
  private static final long BETWEEN_READS = 50_000_000;

  private final KillablePlatform platform;
  private final Writers writers;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> reading = new ArrayList<>();
  private volatile boolean over;

  /** Lets them begin. */
  Readers(KillablePlatform platform, Writers writers) {
    this.platform = platform;
    this.writers = writers;
    reading.add(threads.submit(() -> read(this::first)));
    reading.add(threads.submit(() -> read(this::last)));
  }

  /** The number of reads that were answered. */
  int answered() {
    return answered.get();
  }

  /** The number of reads that were not: with 503, or because nobody listened. */
  int refused() {
    return refused.get();
  }

  /** Answers that lack something, or have what was never written. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Lets them end. */
  void stop() throws ExecutionException, InterruptedException {
    over = true;
    threads.shutdown();
    for (Future<?> reader : reading) {
      reader.get();
    }
  }

  private interface Read {
    void run() throws IOException, InterruptedException;
  }

  private Void read(Read read) throws InterruptedException {
    while (!over) {
      try {
        if (!writers.items().isEmpty()) {
          read.run();
        }
      } catch (IOException e) {
        refused.incrementAndGet();
      } catch (StartFailed e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains(": 503 ")) {
          refused.incrementAndGet();
        } else {
          wrong.add(message);
        }
      }
      LockSupport.parkNanos(BETWEEN_READS);
    }
    return null;
  }

  private void first() throws IOException, InterruptedException {
    item(writers.items().first());
  }

  private void last() throws IOException, InterruptedException {
    item(writers.items().last());
    List<Integer> before = List.copyOf(writers.pushes());
    WrittenValues values = Found.values(platform.client(), writers.pushed());
    answered.incrementAndGet();
    values.wrong().forEach(each -> wrong.add("read of pushes: " + each));
    before.stream()
        .filter(number -> !values.numbers().contains(number))
        .forEach(number -> wrong.add("read without push " + number));
  }

  private void item(int number) throws IOException, InterruptedException {
    String code = writers.item(number);
    String read = platform.client().get("indicators/" + code).path("code").asText();
    answered.incrementAndGet();
    if (!read.equals(code)) {
      wrong.add("read of item " + code + ": " + read);
    }
  }
}
