package io.refdata.persistence.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.persistence.load.StuckLoads.Progress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StuckLoadsTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private final StuckLoads stuck = new StuckLoads(Duration.ofMinutes(30));

  private static Progress load(long id, long rows) {
    return new Progress(id, "STAGING", rows, 0.5, 0);
  }

  @Test
  void aLoadAtWorkThatStandsStillIsStuckAfterATime() {
    assertThat(stuck.look(List.of(load(1, 10)), 0)).isEmpty();
    assertThat(stuck.look(List.of(load(1, 10)), 29 * MINUTE)).isEmpty();
    assertThat(stuck.look(List.of(load(1, 10)), 30 * MINUTE)).containsExactly(1L);
  }

  @Test
  void progressBeginsTheTimeAnew() {
    stuck.look(List.of(load(1, 10)), 0);
    stuck.look(List.of(load(1, 20)), 20 * MINUTE);
    assertThat(stuck.look(List.of(load(1, 20)), 40 * MINUTE)).isEmpty();
    assertThat(stuck.look(List.of(load(1, 20)), 50 * MINUTE)).containsExactly(1L);
  }

  @Test
  void aLoadThatWasAwayBeginsAnew() {
    stuck.look(List.of(load(1, 10)), 0);
    stuck.look(List.of(), 20 * MINUTE);
    stuck.look(List.of(load(1, 10)), 40 * MINUTE);
    assertThat(stuck.look(List.of(load(1, 10)), 60 * MINUTE)).isEmpty();
  }
}
