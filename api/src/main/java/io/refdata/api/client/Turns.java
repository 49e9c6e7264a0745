package io.refdata.api.client;

import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * Limits how many requests of a kind run at the same time. Others wait without a thread, in the
 * order in which they arrived. Undertow's {@code RequestLimit} is similar, but there a request
 * waits without a bound, and its turn lasts until the client has read the response.
 */
final class Turns {
  private static final AttachmentKey<Turn> TURN = AttachmentKey.create(Turn.class);

  private final int limit;
  private final @Nullable Duration patience;
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private int running;

  /**
   * @param patience how long a request may wait before it gets 503; null: without a bound
   */
  Turns(int limit, @Nullable Duration patience) {
    this.limit = limit;
    this.patience = patience;
  }

  /**
   * Passes a request to the next handler when it is its turn. The turn lasts until {@link #end}, or
   * until the exchange ends.
   */
  void handle(HttpServerExchange exchange, HttpHandler next) throws Exception {
    if (tryStart()) {
      startTurn(exchange);
      next.handleRequest(exchange);
    } else {
      exchange.dispatch(SameThreadExecutor.INSTANCE, () -> await(new Waiting(exchange, next)));
    }
  }

  private synchronized boolean tryStart() {
    if (running < limit) {
      running++;
      return true;
    }
    return false;
  }

  private void await(Waiting request) {
    synchronized (this) {
      if (running == limit) {
        waiting.add(request);
        request.startClock();
        return;
      }
      running++;
    }
    request.proceed();
  }

  private void startTurn(HttpServerExchange exchange) {
    Turn turn = new Turn();
    exchange.putAttachment(TURN, turn);
    exchange.addExchangeCompleteListener(
        (done, nextListener) -> {
          turn.end();
          nextListener.proceed();
        });
  }

  /** Ends the turn of a request, if it has one, because its work is done. */
  static void end(HttpServerExchange exchange) {
    Turn turn = exchange.getAttachment(TURN);
    if (turn != null) {
      turn.end();
    }
  }

  private synchronized @Nullable Waiting next() {
    var first = waiting.iterator();
    if (!first.hasNext()) {
      running--;
      return null;
    }
    Waiting next = first.next();
    first.remove();
    next.stopClock();
    return next;
  }

  private synchronized boolean remove(Waiting request) {
    return waiting.remove(request);
  }

  /** The turn of a running request. */
  private final class Turn {
    private final AtomicBoolean ended = new AtomicBoolean();

    void end() {
      if (ended.compareAndSet(false, true)) {
        Waiting next = next();
        if (next != null) {
          next.proceed();
        }
      }
    }
  }

  /** A request that waits for its turn. */
  private final class Waiting {
    private final HttpServerExchange exchange;
    private final HttpHandler next;
    private XnioExecutor.@Nullable Key clock;

    Waiting(HttpServerExchange exchange, HttpHandler next) {
      this.exchange = exchange;
      this.next = next;
    }

    void startClock() {
      if (patience != null) {
        clock =
            exchange
                .getIoThread()
                .executeAfter(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    void stopClock() {
      if (clock != null) {
        clock.remove();
      }
    }

    void proceed() {
      startTurn(exchange);
      exchange.dispatch(next);
    }

    private void giveUp() {
      if (remove(this)) {
        Connectors.executeRootHandler(
            late ->
                EarlyProblem.send(
                    late,
                    new Problem(
                        ProblemType.UNAVAILABLE,
                        "Too many requests of this kind are running now.")),
            exchange);
      }
    }
  }
}
