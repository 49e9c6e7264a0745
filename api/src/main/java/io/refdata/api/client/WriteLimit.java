package io.refdata.api.client;

import io.refdata.domain.catalogue.ItemSet;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.regex.Pattern;

/**
 * Lets a few edits and a few pushes at a time through to the worker threads; the others wait
 * without one, in the order in which they came. Writes take turns in the database anyway: if all
 * came through they would hold every thread and every connection, and reads would wait for them.
 * Their bodies are here already: a slow client keeps nobody waiting. Loads do not count, which are
 * only put on record.
 */
public final class WriteLimit implements HttpHandler {
  private static final int AT_A_TIME = 4;
  private static final String ROOT = "/api/v1/";

  private static final Pattern PUSHED = Pattern.compile("datasets/[^/]++/observations");

  private final HttpHandler next;
  private final Turns edits = new Turns(AT_A_TIME, null);
  private final Turns pushes = new Turns(AT_A_TIME, null);

  public WriteLimit(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HttpString method = exchange.getRequestMethod();
    String path = exchange.getRequestPath();
    String address = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
    if (method.equals(Methods.POST) && PUSHED.matcher(address).matches()) {
      pushes.take(exchange, next);
    } else if (edits(method) && isEdited(address)) {
      edits.take(exchange, next);
    } else {
      next.handleRequest(exchange);
    }
  }

  /** Whether it can be written at all: at another address there is nothing to wait for. */
  private static boolean isEdited(String address) {
    String collection = address.substring(0, Math.max(0, address.lastIndexOf('/')));
    return collection.equals("datasets")
        || collection.equals("layouts")
        || ItemSet.named(collection).isPresent();
  }

  private static boolean edits(HttpString method) {
    return method.equals(Methods.PUT)
        || method.equals(Methods.PATCH)
        || method.equals(Methods.DELETE);
  }
}
