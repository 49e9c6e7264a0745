package io.refdata.api.response;

import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation.Entry;
import io.refdata.persistence.revision.LastModified;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list whose entries are found by one text each: what a request asks for, and the
 * response.
 */
public final class KeyedPage {
  private final String list;
  private final @Nullable String cursor;
  private final int limit;
  private final Delivery delivery;
  private @Nullable LastModified modified;

  private KeyedPage(String list, @Nullable String cursor, int limit, Delivery delivery) {
    this.delivery = delivery;
    this.list = list;
    this.cursor = cursor;
    this.limit = limit;
  }

  /**
   * Reads {@code limit}, {@code after} and the {@link Delivery}, and ends the reading of the
   * parameters.
   *
   * @throws io.refdata.api.problem.Problem that names every invalid parameter
   */
  public static KeyedPage of(Parameters parameters, UriInfo uri) {
    int limit = parameters.limit();
    String cursor = parameters.after().orElse(null);
    Delivery delivery = Delivery.ofJson(parameters);
    return new KeyedPage(parameters.identity(uri.getPath()), cursor, limit, delivery);
  }

  /** Sets when the list changed last, as it was before it is read; null if that is not known. */
  public KeyedPage modified(@Nullable LastModified last) {
    modified = last;
    return this;
  }

  /** The code after which to begin; an empty text from the first entry. */
  public String afterCode() {
    return cursor == null ? "" : PageCursor.code(list, cursor).value();
  }

  /**
   * The key of the entry after which to begin; null from the first.
   *
   * @param parse understands a key; empty if it is none of this list
   */
  public <K> @Nullable K after(Function<String, Optional<K>> parse) {
    return cursor == null
        ? null
        : parse.apply(PageCursor.only(list, cursor)).orElseThrow(PageCursor::wrong);
  }

  /** The number of entries to read: one more than the page has, to see whether another follows. */
  public int toRead() {
    return limit + 1;
  }

  /**
   * The response.
   *
   * @param found at most {@link #toRead} entries
   * @param key the key of an entry
   */
  public <T> Response of(
      List<T> found, Function<T, String> key, Entry<T> entry, Request request, UriInfo uri) {
    List<T> page = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit ? PageCursor.of(list, List.of(key.apply(page.get(limit - 1)))) : null;
    return Representation.page(page, entry, next)
        .delivered(delivery)
        .modified(modified)
        .read(request, uri)
        .build();
  }
}
