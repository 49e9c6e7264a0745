package io.refdata.batch.load.observation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.batch.file.Block;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failure anywhere ends all workers; none of them waits for ever. */
@Timeout(60)
class BlockWorkersTest {
  private static final int WORKERS = 3;
  private static final Block BLOCK = new Block(0, new char[0], 0, 1, Set.of(), false, false);

  private static final class Idle implements BlockWorkers.Worker {
    @Override
    public void process(Block block) {}

    @Override
    public void fail() {}
  }

  @Test
  void anErrorOfTheFileEndsTheWorkers() {
    assertThatThrownBy(
            () ->
                BlockWorkers.run(
                    () -> {
                      throw new OutOfMemoryError("for the next block");
                    },
                    WORKERS,
                    Idle::new,
                    () -> true))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void aWorkerThatCannotBeCreatedEndsTheWork() {
    assertThatThrownBy(
            () ->
                BlockWorkers.run(
                    () -> BLOCK,
                    WORKERS,
                    () -> {
                      throw new OutOfMemoryError("for a worker");
                    },
                    () -> true))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void aWorkerThatFailsEndsTheWork() {
    assertThatThrownBy(
            () ->
                BlockWorkers.run(
                    () -> BLOCK,
                    WORKERS,
                    () ->
                        new BlockWorkers.Worker() {
                          @Override
                          public void process(Block block) {
                            throw new IllegalArgumentException("of the block");
                          }

                          @Override
                          public void fail() {}
                        },
                    () -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
