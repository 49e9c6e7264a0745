package io.refdata.server;

import io.undertow.io.DefaultIoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/**
 * An answer that may be given before the whole request is here. What is left of the request is read
 * away for a while: were the connection closed at once, a client that is still sending would see a
 * reset in place of the answer (RFC 9112, 9.6).
 */
public final class EarlyAnswer extends DefaultIoCallback {
  private static final int READ_AWAY_SECONDS = 10;

  private EarlyAnswer() {}

  /** Answers with the text in UTF-8 and ends the exchange. */
  public static void send(HttpServerExchange exchange, String text) {
    if (exchange.isRequestComplete()) {
      exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
      return;
    }
    exchange
        .getIoThread()
        .executeAfter(
            () -> {
              if (!exchange.isComplete()) {
                IoUtils.safeClose(exchange.getConnection());
              }
            },
            READ_AWAY_SECONDS,
            TimeUnit.SECONDS);
    exchange.getResponseSender().send(text, StandardCharsets.UTF_8, new EarlyAnswer());
  }

  @Override
  public void onComplete(HttpServerExchange exchange, Sender sender) {
    if (!exchange.isPersistent() && !exchange.isRequestComplete()) {
      // The head has said that the connection closes; the request would not be read to its end.
      exchange.setPersistent(true);
      exchange.addExchangeCompleteListener(
          (done, following) -> {
            IoUtils.safeClose(done.getConnection());
            following.proceed();
          });
    }
    super.onComplete(exchange, sender);
  }
}
