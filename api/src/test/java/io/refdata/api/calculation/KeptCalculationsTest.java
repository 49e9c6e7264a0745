package io.refdata.api.calculation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.response.Representation;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.freshness.Versions;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeptCalculationsTest {
  private static final long DAY = TimeUnit.DAYS.toNanos(1);

  /** Four of the answers have room, and not five. */
  private static final long BYTES = 100_000;

  private static final int ANSWER = 10_000;

  private final KeptCalculations kept = new KeptCalculations(new Versions(), BYTES, DAY);

  private static void put(KeptCalculations kept, String question, int length) throws IOException {
    Representation answer = Representation.of(json -> json.writeString("x".repeat(length - 2)));
    kept.put(question, answer, new byte[0], new Dependencies(), kept.now());
  }

  @Test
  void aNewAnswerIsKeptHoweverManyThereAre() throws IOException {
    for (int i = 0; i < 20; i++) {
      put(kept, "question " + i, ANSWER);
      assertThat(kept.find("question " + i)).isNotNull();
      assertThat(kept.find("question " + i)).isNotNull();
    }
    assertThat(kept.use().entries()).isEqualTo(4);
    assertThat(kept.use().bytes()).isBetween(80_000L, BYTES);
    assertThat(kept.find("question 15")).isNull();
  }

  @Test
  void theOneThatWasNotUsedForTheLongestTimeIsForgotten() throws IOException {
    for (String question : new String[] {"a", "b", "c", "d"}) {
      put(kept, question, ANSWER);
    }
    kept.find("a");
    put(kept, "e", ANSWER);
    assertThat(kept.find("b")).isNull();
    assertThat(kept.find("a")).isNotNull();
  }

  @Test
  void anAnswerThatIsTooLongIsNotKeptAndTakesNothingAway() throws IOException {
    put(kept, "a", ANSWER);
    put(kept, "long", 60_000);
    assertThat(kept.find("long")).isNull();
    assertThat(kept.find("a")).isNotNull();
    put(kept, "a", 60_000);
    assertThat(kept.find("a")).isNull();
    assertThat(kept.use().bytes()).isZero();
  }

  @Test
  void anAnswerIsForgottenAfterItsLifetime() throws IOException {
    KeptCalculations brief = new KeptCalculations(new Versions(), BYTES, -1);
    put(brief, "a", ANSWER);
    assertThat(brief.find("a")).isNull();
    assertThat(brief.use().bytes()).isZero();
  }

  @Test
  void allAreForgotten() throws IOException {
    put(kept, "a", ANSWER);
    kept.clear();
    assertThat(kept.find("a")).isNull();
    assertThat(kept.use().bytes()).isZero();
  }
}
