package io.refdata.api.client;

import io.refdata.domain.catalogue.ItemSet;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.regex.Pattern;

/**
 * Limits how many edits and how many pushes run at the same time. Others wait without a worker
 * thread, in the order in which they arrived. Writes take turns in the database anyway: without the
 * limit they would hold all threads and connections, and reads would wait for them. The bodies have
 * already arrived, so a slow client does not delay other writes. Loads are not limited, because
 * their request only records them.
 */
public final class WriteLimit implements HttpHandler {
  private static final int AT_A_TIME = 4;
  private static final String ROOT = "/api/v1/";

  private static final Pattern PUSH = Pattern.compile("datasets/[^/]++/observations");

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
    String resource = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
    if (method.equals(Methods.POST) && PUSH.matcher(resource).matches()) {
      pushes.handle(exchange, next);
    } else if (isEdit(method) && isEditable(resource)) {
      edits.handle(exchange, next);
    } else {
      next.handleRequest(exchange);
    }
  }

  /**
   * Whether the path names something that can be edited; at other paths a request need not wait.
   */
  private static boolean isEditable(String resource) {
    String collection = resource.substring(0, Math.max(0, resource.lastIndexOf('/')));
    return collection.equals("datasets")
        || collection.equals("layouts")
        || ItemSet.named(collection).isPresent();
  }

  private static boolean isEdit(HttpString method) {
    return method.equals(Methods.PUT)
        || method.equals(Methods.PATCH)
        || method.equals(Methods.DELETE);
  }
}
