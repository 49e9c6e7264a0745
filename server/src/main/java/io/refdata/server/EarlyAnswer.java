package io.refdata.server;

import io.undertow.io.DefaultIoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Sends a response, possibly before the whole request has arrived. The rest of the request is read
 * and dropped for a while. If the connection were closed at once, a client that is still sending
 * would see a reset instead of the response (RFC 9112, 9.6).
 */
public final class EarlyAnswer extends DefaultIoCallback {
  private static final int DISCARD_SECONDS = 10;

  private EarlyAnswer() {}

  /** Sends the text in UTF-8 and ends the exchange. */
  public static void send(HttpServerExchange exchange, String text) {
    if (exchange.isRequestComplete()) {
      exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
      return;
    }
    XnioExecutor.Key limit =
        exchange
            .getIoThread()
            .executeAfter(
                () -> {
                  if (!exchange.isComplete()) {
                    IoUtils.safeClose(exchange.getConnection());
                  }
                },
                DISCARD_SECONDS,
                TimeUnit.SECONDS);
    // Else the exchange of each refused request would be kept for that time.
    exchange.addExchangeCompleteListener(
        (done, following) -> {
          limit.remove();
          following.proceed();
        });
    exchange.getResponseSender().send(text, StandardCharsets.UTF_8, new EarlyAnswer());
  }

  @Override
  public void onComplete(HttpServerExchange exchange, Sender sender) {
    if (!exchange.isPersistent() && !exchange.isRequestComplete()) {
      // The header already says that the connection closes. Undertow would not read the request to
      // its
      // end if the exchange were not persistent.
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
