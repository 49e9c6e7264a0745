package io.refdata.api.client;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Drops the requests of clients that have closed the connection. A request that waited for its turn
 * or for a thread is checked again just before its work begins. A client that closed only its
 * sending direction counts as gone too, as with other servers.
 */
public final class DisconnectedClients implements HttpHandler {
  /** Clients rarely go in a shorter time, so such requests are not checked. */
  private static final long CHECKED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final HttpHandler next;

  public DisconnectedClients(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (waited(exchange) && hasGone(exchange)) {
      IoUtils.safeClose(exchange.getConnection());
      exchange.endExchange();
    } else {
      next.handleRequest(exchange);
    }
  }

  private static boolean waited(HttpServerExchange exchange) {
    long since = exchange.getRequestStartTime();
    return since != -1 && System.nanoTime() - since > CHECKED_AFTER_NANOS;
  }

  /**
   * Reads from the connection. The body has already arrived, so the read finds the end of the
   * connection, the next request, or nothing.
   */
  private static boolean hasGone(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)) {
      return !exchange.getConnection().isOpen();
    } else if (!connection.isOpen()) {
      return true;
    } else if (connection.getExtraBytes() != null) {
      return false;
    }
    StreamSourceConduit source = connection.getOriginalSourceConduit();
    PooledByteBuffer buffer = connection.getByteBufferPool().allocate();
    boolean handedBack = false;
    try {
      int read = source.read(buffer.getBuffer());
      if (read > 0) {
        buffer.getBuffer().flip();
        connection.ungetRequestBytes(buffer);
        handedBack = true;
      }
      return read < 0;
    } catch (IOException e) {
      return true;
    } finally {
      if (!handedBack) {
        buffer.close();
      }
      // Stops the timeout that the read has started: the next request has a timeout of its own.
      source.suspendReads();
    }
  }
}
