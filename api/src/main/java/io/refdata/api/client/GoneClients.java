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
 * Carries out nothing for who has gone: a request that waited for its turn or for a thread is
 * looked at once more when its work is about to begin. Clients that closed one direction of the
 * connection only count as gone, as with other servers.
 */
public final class GoneClients implements HttpHandler {
  /** Who did not wait longer has hardly gone. */
  private static final long WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final HttpHandler next;

  public GoneClients(HttpHandler next) {
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
    return since != -1 && System.nanoTime() - since > WAITED_NANOS;
  }

  /** The body is here, so what can be read from the connection is its end, or the next request. */
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
      // Ends the clock that the reading has started: the next request has a clock of its own.
      source.suspendReads();
    }
  }
}
