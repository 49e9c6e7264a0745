package io.refdata.api.client;

import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.nio.file.Path;

/**
 * Keeps responses from waiting for slow clients: see {@link SlowReader}. {@code
 * refdata.answers.spool} bounds the bytes on disk of all responses together. {@code
 * refdata.answers.patience} is the longest wait for a client when this space is used up.
 */
public final class SlowReaders implements HttpHandler {
  private final HttpHandler next;
  private final SpoolSpace space;
  private final long patience;

  public SlowReaders(HttpHandler next) {
    this.next = next;
    this.space =
        new SpoolSpace(
            Path.of(Setting.HOME.text()).resolve("answers"), Setting.ANSWERS_SPOOL.number());
    this.patience = Setting.ANSWERS_PATIENCE.time().toNanos();
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addResponseWrapper(
        (factory, wrapped) -> new SlowReader(factory.create(), wrapped, space, patience));
    next.handleRequest(exchange);
  }
}
