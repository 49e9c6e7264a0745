package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on the blocks of a file, in the order of the blocks. At most two blocks for
 * each thread are in memory; reading the file waits for the threads.
 */
final class BlockWorkers {
  private static final Block END = new Block(-1, new char[0], 0, 0, Set.of(), false, false);

  private final BlockingQueue<Block> queue;
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Throwable failure;

  /** The work of one thread. */
  interface Worker {
    void process(Block block);

    /** Called when this worker has failed. Workers that wait for it must stop waiting. */
    void fail();
  }

  /** The source of the blocks. */
  interface Blocks {
    /** The next block; null after the last. */
    @Nullable Block next() throws IOException;
  }

  private BlockWorkers(int count, Supplier<Worker> workers) {
    queue = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> work(workers), "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  /**
   * Runs the workers on all blocks.
   *
   * @param goOn asked before each block; when it returns false, the remaining blocks are not read
   */
  static void run(Blocks blocks, int count, Supplier<Worker> workers, BooleanSupplier goOn)
      throws IOException {
    BlockWorkers workersOfFile = new BlockWorkers(count, workers);
    try {
      workersOfFile.threads.forEach(Thread::start);
      Block block;
      while (workersOfFile.failure == null
          && goOn.getAsBoolean()
          && (block = blocks.next()) != null) {
        workersOfFile.put(block);
      }
      for (int i = 0; i < count; i++) {
        workersOfFile.put(END);
      }
    } catch (Throwable e) { // Errors too, or the other threads would wait for ever.
      workersOfFile.fail(e);
      throw e;
    } finally {
      workersOfFile.join();
    }
    Throwable failed = workersOfFile.failure;
    if (failed instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  private void put(Block block) {
    try {
      boolean added = false;
      while (!added && failure == null) {
        added = queue.offer(block, 100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
    }
  }

  private void join() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          failure = e;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Supplier<Worker> workers) {
    Worker worker = null;
    try {
      worker = workers.get();
      Block block;
      while ((block = poll()) != END) {
        worker.process(block);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
      if (worker != null) {
        worker.fail();
      }
    }
  }

  private Block poll() {
    try {
      while (failure == null) {
        Block block = queue.poll(100, TimeUnit.MILLISECONDS);
        if (block != null) {
          return block;
        }
      }
    } catch (InterruptedException e) {
      fail(e);
    }
    return END;
  }

  /** Only the first failure counts, because it causes the others. */
  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }
}
