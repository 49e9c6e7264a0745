package io.refdata.batch.file;

/** Reads the lines of blocks. Each thread has its own reader. */
public interface LineReader {
  /** Handles a line. The reader uses the line again afterwards. */
  @FunctionalInterface
  interface LineHandler {
    void handle(Line line);
  }

  /** Passes on the lines of a block, except empty lines and the header line. */
  void read(Block block, LineHandler handler);
}
