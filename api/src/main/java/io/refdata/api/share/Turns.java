package io.refdata.api.share;

import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * Limits how many requests of a kind run, and how many wait, at the same time. Those that wait hold
 * no thread; their callers take turns, and those of one caller come in the order in which they
 * arrived, or the newest first while more is sent than is served. A caller can take a part of the
 * places only. Undertow's {@code RequestLimit} is similar, but there a request waits without a
 * bound, and its turn lasts until the client has read the response. Under {@link Overload} who has
 * waited too long is refused.
 */
final class Turns {
  private static final AttachmentKey<Turn> TURN = AttachmentKey.create(Turn.class);
  private static final Problem FULL =
      new Problem(ProblemType.UNAVAILABLE, "Too many requests of this kind are running now.");
  private static final Problem TOO_MANY =
      new Problem(ProblemType.TOO_MANY, "Too many requests of yours of this kind wait already.");

  private final int limit;
  private final int mostWaiting;
  private final int mostOfACaller;
  private final Duration patience;
  private final Overload overload;
  private final WaitingCallers<Waiting> waiting = new WaitingCallers<>();
  private final LongAdder refused = new LongAdder();
  private int running;

  /**
   * @param mostWaiting how many may wait; more get 503 at once
   * @param mostOfACaller how many of them one caller may have; more of it get 429 at once
   * @param patience how long a request may wait before it gets 503
   */
  Turns(int limit, int mostWaiting, int mostOfACaller, Duration patience, Overload overload) {
    this.limit = limit;
    this.mostWaiting = mostWaiting;
    this.mostOfACaller = mostOfACaller;
    this.patience = patience;
    this.overload = overload;
  }

  /**
   * Passes a request of a caller to the next handler when it is its turn. The turn lasts until
   * {@link #end}, or until the exchange ends.
   */
  void handle(HttpServerExchange exchange, HttpHandler next, String caller) throws Exception {
    if (tryStart()) {
      if (startTurn(exchange)) {
        next.handleRequest(exchange);
      }
      return;
    }
    Problem problem = full(caller);
    if (problem != null) {
      refuse(exchange, problem);
    } else {
      exchange.dispatch(
          SameThreadExecutor.INSTANCE, () -> await(new Waiting(exchange, next, caller)));
    }
  }

  private synchronized boolean tryStart() {
    if (running < limit) {
      running++;
      return true;
    }
    return false;
  }

  /** Says why a request of a caller can't wait; null if it can. */
  private synchronized @Nullable Problem full(String caller) {
    Problem problem = null;
    if (waiting.size() >= mostWaiting) {
      problem = FULL;
    } else if (waiting.size(caller) >= mostOfACaller) {
      problem = TOO_MANY;
    }
    if (problem != null) {
      overload.come();
    }
    return problem;
  }

  private void await(Waiting request) {
    synchronized (this) {
      if (running == limit) {
        overload.come();
        waiting.add(request.caller, request);
        request.startClock();
        return;
      }
      running++;
    }
    request.proceed();
  }

  /** Starts a turn; false if the exchange has ended meanwhile: the turn is the next one's. */
  private boolean startTurn(HttpServerExchange exchange) {
    Turn turn = new Turn();
    try {
      exchange.addExchangeCompleteListener(
          (done, nextListener) -> {
            turn.end();
            nextListener.proceed();
          });
    } catch (IllegalStateException e) {
      turn.end();
      return false;
    }
    exchange.putAttachment(TURN, turn);
    return true;
  }

  /** Ends the turn of a request, if it has one, because its work is done. */
  static void end(HttpServerExchange exchange) {
    Turn turn = exchange.getAttachment(TURN);
    if (turn != null) {
      turn.end();
    }
  }

  /** The number that runs now. */
  synchronized int running() {
    return running;
  }

  /** The number that waits now. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** The number refused so far. */
  long refused() {
    return refused.sum();
  }

  /**
   * Takes the next one out of the queue; null if nobody waits, and then the turn is free.
   *
   * @param late gets those that have waited too long
   */
  private synchronized @Nullable Waiting next(List<Waiting> late) {
    Waiting oldest;
    while ((oldest = waiting.oldest()) != null) {
      if (overload.isInTime(oldest.since)) {
        overload.turn();
        Waiting next =
            overload.isNewestFirst(waiting.size()) ? waiting.nextNewest() : waiting.next();
        return Objects.requireNonNull(next).stopped();
      }
      waiting.remove(oldest.caller, oldest);
      late.add(oldest.stopped());
    }
    overload.end();
    running--;
    return null;
  }

  private synchronized boolean remove(Waiting request) {
    return waiting.remove(request.caller, request);
  }

  private void refuse(HttpServerExchange exchange, Problem problem) {
    refused.increment();
    EarlyProblem.send(exchange, problem);
  }

  /** The turn of a running request. */
  private final class Turn {
    private final AtomicBoolean ended = new AtomicBoolean();

    void end() {
      if (ended.compareAndSet(false, true)) {
        List<Waiting> late = new ArrayList<>();
        Waiting next = next(late);
        if (next != null) {
          next.proceed();
        }
        late.forEach(one -> one.exchange.getIoThread().execute(one::refuseLate));
      }
    }
  }

  /** A request that waits for its turn. */
  private final class Waiting {
    private final HttpServerExchange exchange;
    private final HttpHandler next;
    private final String caller;
    private final long since = overload.now();
    private XnioExecutor.@Nullable Key clock;

    Waiting(HttpServerExchange exchange, HttpHandler next, String caller) {
      this.exchange = exchange;
      this.next = next;
      this.caller = caller;
    }

    void startClock() {
      clock =
          exchange
              .getIoThread()
              .executeAfter(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** It does not wait any more. */
    Waiting stopped() {
      if (clock != null) {
        clock.remove();
      }
      return this;
    }

    /** Goes on as it would have without waiting: reads are gathered from the I/O thread. */
    void proceed() {
      if (startTurn(exchange)) {
        exchange.dispatch(exchange.getIoThread(), next);
      }
    }

    private void giveUp() {
      if (remove(this)) {
        refuseLate();
      }
    }

    private void refuseLate() {
      Connectors.executeRootHandler(late -> refuse(late, FULL), exchange);
    }
  }
}
