package io.refdata.api.client;

import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Keeps responses from waiting for slow clients: see {@link SlowReader}. {@code
 * refdata.answers.spool} bounds the bytes on disk of all responses together, {@code
 * refdata.answers.spool-per-second} how fast they come. {@code refdata.answers.patience} is the
 * longest wait for a client when this space is used up.
 */
public final class SlowReaders implements HttpHandler {
  private static final AttachmentKey<Boolean> FROM_MEMORY = AttachmentKey.create(Boolean.class);

  private final HttpHandler next;
  private final SpoolSpace space;
  private final long patience;

  public SlowReaders(HttpHandler next) {
    this.next = next;
    this.space =
        new SpoolSpace(
            Path.of(Setting.HOME.text()).resolve("answers"),
            Setting.ANSWERS_SPOOL.number(),
            Setting.ANSWERS_SPOOL_PER_SECOND.number());
    this.patience = Setting.ANSWERS_PATIENCE.time().toNanos();
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    exchange.addResponseWrapper(
        (factory, wrapped) ->
            wrapped.getAttachment(FROM_MEMORY) == null
                ? new SlowReader(factory.create(), wrapped, space, patience)
                : factory.create());
    next.handleRequest(exchange);
  }

  /**
   * Has the I/O thread send a short response from memory, as the client reads it. To be called in a
   * worker thread, as the last thing that it does for the request: to hand over costs less than to
   * write beside an I/O thread that looks for the next request.
   */
  public static void sendFromMemory(HttpServerExchange exchange, byte[] body) {
    exchange.putAttachment(FROM_MEMORY, true);
    exchange.dispatch(
        exchange.getIoThread(),
        sending -> {
          if (body.length == 0) {
            sending.endExchange();
          } else {
            sending.getResponseSender().send(ByteBuffer.wrap(body));
          }
        });
  }
}
