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
 * Lets so many requests of a kind through at a time; the others wait without a thread, in the order
 * in which they came. Undertow's {@code RequestLimit} does so too, but each waits for as long as it
 * takes, and a turn lasts until the client has read the answer.
 */
final class Turns {
  private static final AttachmentKey<Turn> TURN = AttachmentKey.create(Turn.class);

  private final int atATime;
  private final @Nullable Duration patience;
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private int taken;

  /**
   * @param patience for how long a request may wait; after that it is told 503. Null: as long as it
   *     takes
   */
  Turns(int atATime, @Nullable Duration patience) {
    this.atATime = atATime;
    this.patience = patience;
  }

  /**
   * Hands a request on when it is its turn, which it has until {@link #end}, or until its exchange
   * ends.
   */
  void take(HttpServerExchange exchange, HttpHandler next) throws Exception {
    if (isFree()) {
      begin(exchange);
      next.handleRequest(exchange);
    } else {
      exchange.dispatch(SameThreadExecutor.INSTANCE, () -> await(new Waiting(exchange, next)));
    }
  }

  private synchronized boolean isFree() {
    if (taken < atATime) {
      taken++;
      return true;
    }
    return false;
  }

  private void await(Waiting request) {
    synchronized (this) {
      if (taken == atATime) {
        waiting.add(request);
        request.startClock();
        return;
      }
      taken++;
    }
    request.go();
  }

  private void begin(HttpServerExchange exchange) {
    Turn turn = new Turn();
    exchange.putAttachment(TURN, turn);
    exchange.addExchangeCompleteListener(
        (done, following) -> {
          turn.end();
          following.proceed();
        });
  }

  /** Ends the turn of a request, if it has one: its work is done. */
  static void end(HttpServerExchange exchange) {
    Turn turn = exchange.getAttachment(TURN);
    if (turn != null) {
      turn.end();
    }
  }

  private synchronized @Nullable Waiting next() {
    var first = waiting.iterator();
    if (!first.hasNext()) {
      taken--;
      return null;
    }
    Waiting next = first.next();
    first.remove();
    next.stopClock();
    return next;
  }

  private synchronized boolean leaves(Waiting request) {
    return waiting.remove(request);
  }

  /** One of so many. */
  private final class Turn {
    private final AtomicBoolean over = new AtomicBoolean();

    void end() {
      if (over.compareAndSet(false, true)) {
        Waiting next = next();
        if (next != null) {
          next.go();
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

    void go() {
      begin(exchange);
      exchange.dispatch(next);
    }

    private void giveUp() {
      if (leaves(this)) {
        Connectors.executeRootHandler(
            late ->
                EarlyProblem.send(
                    late,
                    new Problem(
                        ProblemType.UNAVAILABLE, "There are too many such requests at a time.")),
            exchange);
      }
    }
  }
}
