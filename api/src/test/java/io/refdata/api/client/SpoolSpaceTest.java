package io.refdata.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolSpaceTest {
  private static final long PER_SECOND = 1 << 20;
  private static final int STEP = 1 << 14;

  @TempDir private Path directory;

  @Test
  void bytesComeAtItsPace() {
    SpoolSpace space = new SpoolSpace(directory, Long.MAX_VALUE, PER_SECOND);
    long start = System.nanoTime();
    long bytes = 0;
    double seconds;
    do {
      if (space.isInPace(STEP)) {
        bytes += STEP;
      }
      assertThat(space.untilNextSpan()).isBetween(1L, TimeUnit.MILLISECONDS.toNanos(100));
      seconds = (System.nanoTime() - start) / 1e9;
    } while (seconds < 0.5);
    // A tenth of a second is given ahead, and the last step of each may go beyond.
    assertThat((double) bytes)
        .isBetween(PER_SECOND / 10.0, (seconds + 0.1) * (PER_SECOND + 10 * STEP));
  }

  @Test
  void noMoreIsReservedThanThereIs() {
    SpoolSpace space = new SpoolSpace(directory, 100, PER_SECOND);
    assertThat(space.reserve(60)).isTrue();
    assertThat(space.reserve(60)).isFalse();
    space.release(60);
    assertThat(space.reserve(100)).isTrue();
  }
}
