package io.refdata.api.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static long busy(long nanos) {
    long end = System.nanoTime() + nanos;
    long turns = 0;
    while (System.nanoTime() < end) {
      turns++;
    }
    return turns;
  }

  @Test
  void aRunTakesItsShareOfAProcessorAtMost() throws IOException {
    Pace pace = new Pace(10, Duration.ofMinutes(1));
    long processor = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(pace.work(() -> busy(5_000_000))).isPositive();
    }
    double share =
        (double) (THREADS.getCurrentThreadCpuTime() - processor) / (System.nanoTime() - start);
    assertThat(share).isLessThan(0.15);
  }

  @Test
  void itRestsAfterWorkThatFailed() {
    Pace pace = new Pace(10, Duration.ofMinutes(1));
    long start = System.nanoTime();
    assertThatThrownBy(
            () ->
                pace.work(
                    () -> {
                      busy(5_000_000);
                      throw new IOException("no answer");
                    }))
        .hasMessage("no answer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(45));
  }

  @Test
  void noWorkBeginsAfterItsTime() throws IOException {
    Pace pace = new Pace(100, Duration.ofMillis(500));
    assertThat(pace.work(() -> busy(600_000_000))).isPositive();
    assertThatThrownBy(() -> pace.work(() -> busy(1))).isInstanceOf(Pace.TimeIsUp.class);
  }

  @Test
  void anInterruptedRestEndsTheRun() {
    Pace pace = new Pace(1, Duration.ofMinutes(1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> pace.work(() -> busy(1_000_000)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
