package io.refdata.persistence.load.staging;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A connection with a thread that copies the batches that are sent to it, in the order of sending.
 */
public final class CopyConnection implements AutoCloseable {
  private static final int MOST_WAITING = 4;
  private static final Job END = new Job("", new BinaryRows());

  private final Jdbi jdbi;
  private final Queue<BinaryRows> spare;
  private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile @Nullable Throwable failure;
  private volatile boolean abandoned;

  private record Job(String table, BinaryRows rows) {}

  /**
   * @param spare receives batches that were copied, to be used again
   */
  public CopyConnection(Jdbi jdbi, Queue<BinaryRows> spare) {
    this.jdbi = jdbi;
    this.spare = spare;
    this.thread = new Thread(this::run, "load-copy");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** Sends rows to be copied. It blocks while too many batches are waiting. */
  public void send(String table, BinaryRows rows) {
    put(new Job(table, rows));
  }

  private void put(Job job) {
    try {
      while (!jobs.offer(job, 100, TimeUnit.MILLISECONDS)) {
        requireSound();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    requireSound();
  }

  /** Waits until all is copied. */
  public void end() {
    put(END);
    join();
    requireSound();
  }

  private void requireSound() {
    if (failure != null) {
      throw new IllegalStateException("COPY into staging failed", failure);
    }
  }

  private void run() {
    try (Handle handle = jdbi.open()) {
      Job job;
      while ((job = next()) != END) {
        copy(handle, job);
        spare.offer(job.rows());
      }
    } catch (SQLException | InterruptedException | RuntimeException | Error e) {
      failure = e;
    }
  }

  /**
   * Staged rows become durable all together, when the load records that they are staged. So single
   * commits need not wait for the disk. The setting ends with the transaction, however that ends,
   * since the session goes back to the pool and others commit on it.
   */
  private static void copy(Handle handle, Job job) throws SQLException {
    handle.useTransaction(
        own -> {
          own.execute("set local synchronous_commit = off");
          job.rows().copy(own.getConnection(), job.table());
        });
  }

  private Job next() throws InterruptedException {
    Job job = null;
    while (job == null && !abandoned) {
      job = jobs.poll(100, TimeUnit.MILLISECONDS);
    }
    return job == null ? END : job;
  }

  private void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends, whether all is copied or not. */
  @Override
  public void close() {
    abandoned = true;
    join();
  }
}
