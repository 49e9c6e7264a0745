package io.refdata.persistence.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownRevisionsTest {
  private static final Instant STAMPED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2026-01-02T00:00:00Z");
  private final KnownRevisions known = new KnownRevisions();

  @Test
  void aRevisionIsKnownFromItsStampToTheLastInstantThatIsKnown() {
    known.add(7, STAMPED, LAST, 12);
    assertThat(known.find(7, STAMPED)).contains(12);
    assertThat(known.find(7, STAMPED.plusSeconds(60))).contains(12);
    assertThat(known.find(7, LAST)).contains(12);
    assertThat(known.find(7, LAST.plusNanos(1_000))).isEmpty();
    assertThat(known.find(7, STAMPED.minusNanos(1_000))).isEmpty();
    assertThat(known.find(8, LAST)).isEmpty();
  }

  @Test
  void anEarlierInstantDoesNotShortenWhatIsKnown() {
    known.add(7, STAMPED, LAST, 12);
    known.add(7, STAMPED, STAMPED.plusSeconds(1), 12);
    assertThat(known.find(7, LAST)).contains(12);
  }

  @Test
  void beforeTheFirstRevisionThereIsNone() {
    known.add(7, Instant.MIN, STAMPED.minusSeconds(1), 0);
    assertThat(known.find(7, STAMPED.minusSeconds(9))).contains(0);
    assertThat(known.find(7, STAMPED)).isEmpty();
  }

  @Test
  void thereIsOneBoundForAllTopics() {
    for (int topic = 0; topic <= 10_000; topic++) {
      known.add(topic, STAMPED, LAST, topic);
    }
    assertThat(known.find(1, LAST)).isEmpty();
    known.add(1, STAMPED, LAST, 12);
    assertThat(known.find(1, LAST)).contains(12);
  }
}
