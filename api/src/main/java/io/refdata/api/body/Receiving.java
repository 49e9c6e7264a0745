package io.refdata.api.body;

import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/** A body that is being received. The I/O thread reads it whenever bytes arrive. */
abstract class Receiving implements ChannelListener<StreamSourceChannel> {
  protected final HttpServerExchange exchange;
  protected final Pace pace;
  private final HttpHandler next;
  private boolean ended;

  /**
   * @param next the handler that runs when the body is complete
   */
  Receiving(HttpServerExchange exchange, HttpHandler next, Pace.Bounds bounds) {
    this.exchange = exchange;
    this.next = next;
    this.pace = new Pace(bounds, exchange.getIoThread(), this::refuse);
  }

  /** Reads the bytes that have arrived. The listener calls it again for the rest. */
  abstract void read(StreamSourceChannel channel) throws IOException;

  /** Frees the memory or the file of the received bytes. */
  abstract void discard();

  final void begin() {
    StreamSourceChannel channel = exchange.getRequestChannel();
    exchange.addExchangeCompleteListener(
        (done, nextListener) -> {
          pace.stop();
          nextListener.proceed();
        });
    pace.start();
    channel.getReadSetter().set(this);
    channel.wakeupReads();
  }

  @Override
  public final void handleEvent(StreamSourceChannel channel) {
    if (ended) {
      return;
    }
    try {
      read(channel);
    } catch (IOException e) {
      refuseIncomplete();
    }
  }

  /** Whether it has arrived, or was refused. */
  protected final boolean hasEnded() {
    return ended;
  }

  /** The whole body has arrived. */
  protected final void complete(StreamSourceChannel channel) {
    stop(channel);
    Connectors.executeRootHandler(next, exchange);
  }

  /** The body ends too early: the client closed the connection or one direction (RFC 9112, 8). */
  protected final void refuseIncomplete() {
    exchange.setPersistent(false);
    refuse(new Problem(ProblemType.MALFORMED, "The body broke off before its end."));
  }

  protected final void refuse(Problem problem) {
    if (ended) {
      return;
    }
    ended = true;
    pace.stop();
    discard();
    Connectors.executeRootHandler(refused -> EarlyProblem.send(refused, problem), exchange);
  }

  private void stop(StreamSourceChannel channel) {
    ended = true;
    pace.stop();
    channel.getReadSetter().set(null);
    channel.suspendReads();
  }
}
