package io.refdata.api.client;

import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.nio.file.Path;

/**
 * Lets no answer wait for its client: see {@link SlowReader}. {@code refdata.answers.spool} says
 * how many bytes on disk all answers may take together, {@code refdata.answers.patience} for how
 * long a client is waited for when they are used up.
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
        (factory, answered) -> new SlowReader(factory.create(), answered, space, patience));
    next.handleRequest(exchange);
  }
}
