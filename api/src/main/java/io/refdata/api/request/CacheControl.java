package io.refdata.api.request;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Locale;

/** What a request says of caches (RFC 9111, 5.2.1). */
public final class CacheControl {
  private CacheControl() {}

  /** Whether it asks for an answer that is made anew. Directives are in any case. */
  public static boolean isNoCache(HeaderMap headers) {
    HeaderValues control = headers.get(Headers.CACHE_CONTROL);
    return control != null
        && control.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("no-cache"));
  }
}
