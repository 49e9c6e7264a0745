package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {
  @Test
  void failuresThatMayPassAreWaitedFor() {
    for (String state : List.of("08001", "08006", "53300", "57P03", "57P01")) {
      assertThat(DatabaseWatch.mayPass(state)).as(state).isTrue();
    }
  }

  @Test
  void aWrongPasswordAndAMissingDatabaseArePermanent() {
    for (String state : List.of("28P01", "28000", "3D000", "42501", "2E000")) {
      assertThat(DatabaseWatch.mayPass(state)).as(state).isFalse();
    }
  }

  @Test
  void anybodyLearnsNeitherTheAddressNorTheUser() {
    assertThat(DatabaseWatch.summary("08001")).isEqualTo("it does not answer");
    assertThat(DatabaseWatch.summary("28P01")).isEqualTo("it refuses the user of the settings");
    assertThat(DatabaseWatch.summary("XX000")).isEqualTo("the log says why");
    assertThat(DatabaseWatch.summary(null)).isEqualTo("the log says why");
  }
}
