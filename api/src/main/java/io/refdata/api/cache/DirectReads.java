package io.refdata.api.cache;

import io.refdata.api.client.DisconnectedClients;
import io.refdata.api.client.SlowReaders;
import io.refdata.api.client.WorkDone;
import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.ReadRequest;
import io.refdata.api.response.ImmutableResponses;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.api.share.Share;
import io.refdata.api.timing.Timing;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.ThreadSetupHandler.Action;
import io.undertow.servlet.spec.ServletContextImpl;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the common reads in a worker thread, without a servlet: what stands between the I/O
 * thread and a resource costs more than most of them. All else goes on to the servlets: what may be
 * a stream, and any method but GET and HEAD.
 */
final class DirectReads implements HttpHandler {
  private static final byte[] NOTHING = {};

  /** The most bytes that the I/O thread sends from memory, however slowly the client reads. */
  private static final int SHORT = 1 << 16;

  private final HttpHandler servlets;
  private final ServletContextImpl context;
  private final HttpHandler work = new DisconnectedClients(new WorkDone(this::work));
  private final GatheredReads gathered = new GatheredReads(this::readAhead);
  private volatile @Nullable Action<@Nullable Void, Reads> answering;

  DirectReads(HttpHandler servlets, ServletContext context) {
    this.servlets = servlets;
    this.context = (ServletContextImpl) context;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Reads reads = Reads.of(context);
    if (reads == null
        || !Route.isRead(exchange.getRequestMethod())
        || reads.read(Route.of(exchange)).isEmpty()
        || Share.mayStream(exchange)) {
      servlets.handleRequest(exchange);
    } else if (exchange.isInIoThread() && reads.canGather(Route.of(exchange))) {
      exchange.dispatch(task -> gathered.add(exchange, task), work);
    } else if (exchange.isInIoThread()) {
      exchange.dispatch(work);
    } else {
      work.handleRequest(exchange);
    }
  }

  private void readAhead(List<HttpServerExchange> exchanges) {
    Reads reads = Reads.of(context);
    if (reads != null) {
      reads.readAhead(exchanges);
    }
  }

  private void work(HttpServerExchange exchange) throws Exception {
    Action<@Nullable Void, Reads> action = answering;
    if (action == null) {
      action = context.getDeployment().createThreadSetupAction(DirectReads::answer);
      answering = action;
    }
    action.call(exchange, Reads.of(context));
  }

  private static @Nullable Void answer(HttpServerExchange exchange, Reads reads)
      throws IOException {
    PendingResponse pending = exchange.getAttachment(PendingResponse.KEY);
    Long since = exchange.getAttachment(GatheredReads.SINCE);
    Timing.begin(exchange, since == null ? System.nanoTime() : since);
    try {
      write(exchange, begin(exchange, reads, pending));
    } finally {
      Timing.end();
    }
    return null;
  }

  private static void write(HttpServerExchange exchange, byte[] body) throws IOException {
    if (body.length <= SHORT) {
      SlowReaders.sendFromMemory(exchange, body);
    } else {
      exchange.setResponseContentLength(body.length);
      exchange.startBlocking();
      try (OutputStream out = exchange.getOutputStream()) {
        out.write(body);
      }
    }
  }

  private static CachedResponse response(
      HttpServerExchange exchange, Reads reads, @Nullable PendingResponse pending)
      throws IOException {
    ReadRequest request = ReadRequest.of(exchange);
    Representation representation =
        reads.read(Route.of(exchange)).orElseThrow().read(exchange, request);
    return CachedResponse.of(
        representation,
        representation.encoded(exchange),
        request.has(AsOf.NAME) ? ImmutableResponses.CACHE_CONTROL : Representation.CACHE_CONTROL,
        representation.link(exchange.getRequestURI(), exchange.getQueryString()),
        pending);
  }

  /** Sets the status and the headers, and returns the body. */
  private static byte[] begin(
      HttpServerExchange exchange, Reads reads, @Nullable PendingResponse pending) {
    try {
      CachedResponse response = response(exchange, reads, pending);
      boolean notModified = response.isNotModified(exchange);
      response.begin(exchange, notModified);
      return notModified ? NOTHING : response.bytes();
    } catch (Exception | StackOverflowError e) {
      return EarlyProblem.begin(exchange, reads.failures().problem(e))
          .getBytes(StandardCharsets.UTF_8);
    } finally {
      if (pending != null) {
        // From here on it is cached or never will be: other requests need not wait for this client.
        pending.complete();
      }
    }
  }
}
