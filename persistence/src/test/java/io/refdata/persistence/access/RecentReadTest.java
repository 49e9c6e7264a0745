package io.refdata.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentReadTest {
  private static final Duration FRESH = Duration.ofMillis(200);

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean slow;
  private volatile int failures;

  /** Good for an hour while no other read succeeds. */
  private final RecentRead<String> read =
      new RecentRead<>("keys", this::source, thread, FRESH, Duration.ofHours(1));

  private String source() {
    while (slow) {
      Thread.onSpinWait();
    }
    if (reads.incrementAndGet() <= failures) {
      throw new IllegalStateException("away");
    }
    return "read " + reads;
  }

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  @Test
  void whatIsReadIsKnown() {
    read.readIfStale(Duration.ofSeconds(10));
    assertThat(read.trusted()).isEqualTo("read 1");
    assertThat(read.isDatabaseAway()).isFalse();
  }

  @Test
  void aReadThatTakesTooLongCountsAsNoneUntilItEnds() {
    slow = true;
    read.readIfStale(Duration.ofMillis(1));
    assertThat(read.isDatabaseAway()).isTrue();
    slow = false;
    await().until(() -> !read.isDatabaseAway());
    assertThat(read.trusted()).isNotNull();
  }

  /** Else who comes first after a long pause would get what was true before the outage. */
  @Test
  void afterAFailureItIsReadAgainThoughNobodyAsks() {
    failures = 5;
    read.readSoon();
    await().untilAsserted(() -> assertThat(reads).hasValueGreaterThanOrEqualTo(6));
    await().until(() -> !read.isDatabaseAway());
  }
}
