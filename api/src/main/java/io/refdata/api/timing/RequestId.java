package io.refdata.api.timing;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The {@code X-Request-Id} of a request, which is also put on the response. */
public final class RequestId {
  private static final HttpString NAME = new HttpString("X-Request-Id");
  private static final int RANDOM_BYTES = 16;
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,200}");

  private static final AttachmentKey<String> KEPT = AttachmentKey.create(String.class);

  private RequestId() {}

  /** Puts it on the response if the request has one that a header can hold. */
  public static void echo(HttpServerExchange exchange) {
    String id = exchange.getRequestHeaders().getFirst(NAME);
    if (id != null && PRINTABLE.matcher(id).matches()) {
      exchange.getResponseHeaders().put(NAME, id);
    }
  }

  /**
   * The id of a request that writes, as it is kept with what it wrote: that of the request if it is
   * printable and has at most 200 characters; else one that is made up here, and put on the
   * response too.
   */
  public static String kept(HttpServerExchange exchange) {
    String kept = exchange.getAttachment(KEPT);
    if (kept == null) {
      String sent = exchange.getRequestHeaders().getFirst(NAME);
      kept = sent != null && PRINTABLE.matcher(sent).matches() ? sent : random();
      exchange.putAttachment(KEPT, kept);
      if (!exchange.isResponseStarted()) {
        exchange.getResponseHeaders().put(NAME, kept);
      }
    }
    return kept;
  }

  /** It only has to be another one each time: nobody gains by guessing it. */
  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
