package io.refdata.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Protocols;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.xnio.IoUtils;

/**
 * Resets the requests of an HTTP/2 connection that are more than twice as many as it was told it
 * may have under way: Undertow tells the number, and does not look whether a client keeps to it.
 * Twice, because for its client a request may have ended a moment earlier than here.
 */
final class FewStreams implements HttpHandler {
  private final HttpHandler next;
  private final int most;
  private final ConcurrentMap<InetSocketAddress, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * @param most the number that clients are told
   */
  FewStreams(HttpHandler next, int most) {
    this.next = next;
    this.most = 2 * most;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
      InetSocketAddress client = exchange.getConnection().getPeerAddress(InetSocketAddress.class);
      int streams = underWay.merge(client, 1, Integer::sum);
      exchange.addExchangeCompleteListener(
          (done, nextListener) -> {
            underWay.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
            nextListener.proceed();
          });
      if (streams > most) {
        // Of HTTP/2, this is the stream alone.
        IoUtils.safeClose(exchange.getConnection());
        return;
      }
    }
    next.handleRequest(exchange);
  }
}
