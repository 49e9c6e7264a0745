package io.refdata.api.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.timing.ServerTiming;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void aPercentileIsTheTimeOfARequest() {
    Times times = new Times(List.of(4.0, 1.0, 3.0, 2.0));
    assertThat(times.median()).isEqualTo(2);
    assertThat(times.within(0.95)).isEqualTo(4);
    assertThat(times.within(0)).isEqualTo(1);
    assertThat(times.text()).isEqualTo("p50 2.00, p95 4.00, longest 4.00 ms of 4");
    assertThat(new Times(List.of(7.0)).within(0.95)).isEqualTo(7);
  }

  @Test
  void theHeaderSaysWhatAResponseTook() {
    String header =
        "total;dur=1.9, db;dur=0.8;desc=\"12 statements\", encode;dur=0.2, cache;desc=\"miss\"";
    assertThat(ServerTiming.statements(header)).isEqualTo(12);
    assertThat(ServerTiming.cacheOutcome(header)).isEqualTo("miss");
    assertThat(ServerTiming.statements("null")).isZero();
    assertThat(ServerTiming.cacheOutcome("null")).isEmpty();
  }
}
