package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some threads that work on the blocks of a file, taken in their order. Only so many blocks are in
 * memory as there are threads, and one more each; the file waits for them.
 */
final class BlockWorkers {
  private static final Block END = new Block(-1, new char[0], 0, 0, false);

  private final BlockingQueue<Block> queue;
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Throwable failure;

  /** One of them. */
  interface Worker {
    void take(Block block);

    /** It has failed: whoever waits for it waits in vain. */
    void fail();
  }

  /** What gives the blocks: null after the last. */
  interface Blocks {
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
   * Has all blocks worked on.
   *
   * @param goOn looked at before each block; when it is false, the rest is let be
   */
  static void run(Blocks blocks, int count, Supplier<Worker> workers, BooleanSupplier goOn)
      throws IOException {
    BlockWorkers crew = new BlockWorkers(count, workers);
    try {
      crew.threads.forEach(Thread::start);
      Block block;
      while (crew.failure == null && goOn.getAsBoolean() && (block = blocks.next()) != null) {
        crew.put(block);
      }
      for (int i = 0; i < count; i++) {
        crew.put(END);
      }
    } catch (Throwable e) { // An error, too, or the others would wait for blocks for ever.
      crew.fail(e);
      throw e;
    } finally {
      crew.join();
    }
    Throwable failed = crew.failure;
    if (failed instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  private void put(Block block) {
    try {
      boolean taken = false;
      while (!taken && failure == null) {
        taken = queue.offer(block, 100, TimeUnit.MILLISECONDS);
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
      while ((block = take()) != END) {
        worker.take(block);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
      if (worker != null) {
        worker.fail();
      }
    }
  }

  private Block take() {
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

  /** The first failure is the one that counts: the others follow from it. */
  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }
}
