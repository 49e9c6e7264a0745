package io.refdata.batch.file;

/** Reads the lines of blocks. Each thread has one of its own. */
public interface LineReader {
  /** Takes a line; it is gone when this returns. */
  @FunctionalInterface
  interface Taker {
    void take(Line line);
  }

  /** Hands out the lines of a block that are not empty, the header line excepted. */
  void read(Block block, Taker taker);
}
