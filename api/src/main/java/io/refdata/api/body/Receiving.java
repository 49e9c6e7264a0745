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

/** A body on its way, read by the I/O thread whenever some of it is here. */
abstract class Receiving implements ChannelListener<StreamSourceChannel> {
  protected final HttpServerExchange exchange;
  protected final Pace pace;
  private final HttpHandler next;
  private boolean over;

  /**
   * @param next what happens when the body is here
   */
  Receiving(HttpServerExchange exchange, HttpHandler next, Pace.Bounds bounds) {
    this.exchange = exchange;
    this.next = next;
    this.pace = new Pace(bounds, exchange.getIoThread(), this::refuse);
  }

  /** Reads what is here; the listener comes back for the rest. */
  abstract void read(StreamSourceChannel channel) throws IOException;

  /** Lets go of all that was received. */
  abstract void forget();

  final void begin() {
    StreamSourceChannel channel = exchange.getRequestChannel();
    exchange.addExchangeCompleteListener(
        (done, following) -> {
          pace.stop();
          following.proceed();
        });
    pace.start();
    channel.getReadSetter().set(this);
    channel.wakeupReads();
  }

  @Override
  public final void handleEvent(StreamSourceChannel channel) {
    if (over) {
      return;
    }
    try {
      read(channel);
    } catch (IOException e) {
      breakOff();
    }
  }

  /** All of it is here. */
  protected final void complete(StreamSourceChannel channel) {
    stop(channel);
    Connectors.executeRootHandler(next, exchange);
  }

  /** No more of it comes: the client has gone, or has said that this is all (RFC 9112, 8). */
  protected final void breakOff() {
    exchange.setPersistent(false);
    refuse(new Problem(ProblemType.MALFORMED, "The body broke off before its end."));
  }

  protected final void refuse(Problem problem) {
    if (over) {
      return;
    }
    over = true;
    pace.stop();
    forget();
    Connectors.executeRootHandler(refused -> EarlyProblem.send(refused, problem), exchange);
  }

  private void stop(StreamSourceChannel channel) {
    over = true;
    pace.stop();
    channel.getReadSetter().set(null);
    channel.suspendReads();
  }
}
