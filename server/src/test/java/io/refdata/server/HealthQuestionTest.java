package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.server.Health.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthQuestionTest {
  private final Health health = new Health();

  private void allUp() {
    for (Part part : Part.values()) {
      health.up(part);
    }
  }

  @Test
  void aServerIsReadyWhenAllThatIsNeededIsThere() {
    assertThat(HealthQuestion.READY.isUp(health)).isFalse();
    allUp();
    assertThat(HealthQuestion.READY.isUp(health)).isTrue();
    health.down(Part.SCHEMA, "it is older", Map.of("version", 1, "needed", 2));
    assertThat(HealthQuestion.READY.isUp(health)).isFalse();
    assertThat(HealthQuestion.READY.answer(health))
        .contains(
            "\"name\":\"schema\",\"status\":\"DOWN\",\"data\":{\"reason\":\"it is"
                + " older\",\"needed\":2,\"version\":1,\"ageSeconds\":0}");
  }

  /** Another server would have the same trouble, or would get it. */
  @Test
  void whatIsOnlyToldTakesNoServerOut() {
    allUp();
    for (Part part : new Part[] {Part.POOL, Part.DISK, Part.LOADS}) {
      health.down(part, "something is wrong", Map.of());
    }
    assertThat(HealthQuestion.READY.isUp(health)).isTrue();
    assertThat(HealthQuestion.READY.answer(health))
        .startsWith("{\"status\":\"UP\"")
        .contains(
            "\"name\":\"loads\",\"status\":\"UP\",\"data\":{\"warning\":\"something is wrong\"")
        .doesNotContain("DOWN");
  }

  @Test
  void aProcessThatAnswersLives() {
    assertThat(HealthQuestion.LIVE.isUp(health)).isTrue();
  }
}
