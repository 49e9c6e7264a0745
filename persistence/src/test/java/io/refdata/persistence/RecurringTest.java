package io.refdata.persistence;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecurringTest {
  @Test
  void workGoesOnAfterAnythingThatIsThrown() {
    AtomicInteger times = new AtomicInteger();
    Runnable work =
        () -> {
          switch (times.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("broken on purpose");
            case 2 -> throw new OutOfMemoryError("broken on purpose");
            default -> {}
          }
        };
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try {
      scheduler.scheduleWithFixedDelay(new Recurring("The test", work), 0, 1, MILLISECONDS);
      await().until(() -> times.get() > 2);
    } finally {
      scheduler.shutdownNow();
    }
  }
}
