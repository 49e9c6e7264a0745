package io.refdata.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookUpsTest {
  @Test
  void onlySoManyAreAllowedInASecond() {
    AtomicLong now = new AtomicLong(-5);
    LookUps lookUps = new LookUps(2, now::get);
    assertThat(lookUps.allowed()).isTrue();
    assertThat(lookUps.allowed()).isTrue();
    assertThat(lookUps.allowed()).isFalse();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
    assertThat(lookUps.allowed()).isFalse();
    now.incrementAndGet();
    assertThat(lookUps.allowed()).isTrue();
  }
}
