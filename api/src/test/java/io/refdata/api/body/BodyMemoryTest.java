package io.refdata.api.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  private final BodyMemory memory = new BodyMemory(400);

  @Test
  void itsLastQuarterIsKeptForSmallBodies() {
    assertThat(memory.reserve(300, false)).isTrue();
    assertThat(memory.reserve(1, false)).isFalse();
    assertThat(memory.reserve(100, true)).isTrue();
    assertThat(memory.reserve(1, true)).isFalse();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    Chunk chunk = new Chunk(memory, 400);
    assertThat(memory.reserve(400, true)).isTrue();
    chunk.close();
    chunk.close();
    assertThat(memory.used()).isZero();
  }
}
