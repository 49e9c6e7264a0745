package io.refdata.api.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  private final BodyMemory memory = new BodyMemory(400);

  @Test
  void itsLastQuarterIsKeptForSmallBodies() {
    assertThat(memory.take(300, false)).isTrue();
    assertThat(memory.take(1, false)).isFalse();
    assertThat(memory.take(100, true)).isTrue();
    assertThat(memory.take(1, true)).isFalse();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    Chunk chunk = new Chunk(memory, 400);
    assertThat(memory.take(400, true)).isTrue();
    chunk.close();
    chunk.close();
    assertThat(memory.taken()).isZero();
  }
}
