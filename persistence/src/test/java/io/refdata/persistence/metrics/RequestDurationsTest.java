package io.refdata.persistence.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestDurationsTest {
  private static RequestLabels kind(String uri) {
    return new RequestLabels("GET", uri, "200", "none");
  }

  @Test
  void aKindHasDurationsOfItsOwn() {
    RequestDurations requests = new RequestDurations(10);
    requests.of(kind("a")).record(1);
    assertThat(requests.of(kind("a"))).isSameAs(requests.of(kind("a")));
    assertThat(requests.of(kind("b"))).isNotSameAs(requests.of(kind("a")));
  }

  @Test
  void kindsBeyondTheBoundAreCountedTogether() {
    RequestDurations requests = new RequestDurations(10);
    for (int i = 0; i < 1_000; i++) {
      requests.of(kind("path " + i)).record(1);
    }
    requests.of(new RequestLabels("GET", "late", "503", "none")).record(1);
    assertThat(requests.all())
        .hasSizeLessThanOrEqualTo(10)
        .containsKeys(
            new RequestLabels("other", "other", "2xx", "none"),
            new RequestLabels("other", "other", "5xx", "none"));
    long all =
        requests.all().values().stream()
            .mapToLong(durations -> Arrays.stream(durations.counts()).sum())
            .sum();
    assertThat(all).isEqualTo(1_001);
  }
}
