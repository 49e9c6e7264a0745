package io.refdata.api.cache;

import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.xnio.IoUtils;

/**
 * Reads that wait for a thread. A thread for each processor takes those that wait, all together, so
 * that one statement can read for all of them: the more wait, the less each of them costs. Who
 * comes while nobody waits is read alone and at once.
 */
final class GatheredReads {
  private static final Logger LOG = Logger.getLogger(GatheredReads.class);

  /** When a thread began to work on the reads that were taken together, by the nano clock. */
  static final AttachmentKey<Long> SINCE = AttachmentKey.create(Long.class);

  private static final int TOGETHER = (int) Setting.READS_TOGETHER.number();
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger threads = new AtomicInteger();
  private final Consumer<List<HttpServerExchange>> reading;

  /**
   * @param reading reads ahead for several requests, and never throws
   */
  GatheredReads(Consumer<List<HttpServerExchange>> reading) {
    this.reading = reading;
  }

  /**
   * @param task answers the request
   */
  private record Waiting(HttpServerExchange exchange, Runnable task) {}

  /** Takes a request, to be answered by a thread of its connection's pool. */
  void add(HttpServerExchange exchange, Runnable task) {
    waiting.add(new Waiting(exchange, task));
    if (isThreadWanted()) {
      begin(exchange.getConnection().getWorker());
    }
  }

  private void begin(Executor workers) {
    try {
      workers.execute(this::work);
    } catch (RejectedExecutionException e) {
      threads.decrementAndGet();
      throw e;
    }
  }

  private boolean isThreadWanted() {
    int working = threads.get();
    while (working < THREADS) {
      if (threads.compareAndSet(working, working + 1)) {
        return true;
      }
      working = threads.get();
    }
    return false;
  }

  private void work() {
    do {
      try {
        for (List<Waiting> next = next(); !next.isEmpty(); next = next()) {
          answer(next);
        }
      } finally {
        threads.decrementAndGet();
      }
      // One that came after the last look may have found all threads at work.
    } while (!waiting.isEmpty() && isThreadWanted());
  }

  private List<Waiting> next() {
    List<Waiting> next = new ArrayList<>();
    for (Waiting one = waiting.poll(); one != null; one = waiting.poll()) {
      next.add(one);
      if (next.size() == TOGETHER) {
        break;
      }
    }
    return next;
  }

  private void answer(List<Waiting> taken) {
    if (taken.size() > 1) {
      Long now = System.nanoTime();
      taken.forEach(one -> one.exchange().putAttachment(SINCE, now));
      reading.accept(taken.stream().map(Waiting::exchange).toList());
    }
    taken.forEach(GatheredReads::answer);
  }

  /** The others of those that were taken are answered whatever becomes of this one. */
  private static void answer(Waiting one) {
    try {
      one.task().run();
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s was not answered", one.exchange().getRequestPath());
      IoUtils.safeClose(one.exchange().getConnection());
    }
  }
}
