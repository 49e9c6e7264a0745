package io.refdata.api.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.revision.LastModified;
import io.refdata.persistence.sql.Statements;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Current items that several requests ask for at the same time, read by one statement. A request
 * takes its item, or the failure of that statement, when its turn comes.
 */
@Dependent
class GatheredItems {
  private static final AttachmentKey<Found> FOUND = AttachmentKey.create(Found.class);

  private final ItemRows rows;

  @Inject
  GatheredItems(ItemRows rows) {
    this.rows = rows;
  }

  /**
   * A GET of a current item, understood.
   *
   * @param modified the last change of any item, as it was before
   */
  record Wanted(
      HttpServerExchange exchange,
      Address address,
      ItemFields fields,
      @Nullable LastModified modified) {}

  /** The items that one statement can read. */
  private record Kind(ItemType<?> type, @Nullable Code list, Set<String> expand) {}

  /**
   * An item of a request.
   *
   * @param item null if there is none
   * @param nanos the time that the statement took
   */
  record Found(
      Wanted wanted, @Nullable ItemView item, @Nullable RuntimeException failure, long nanos) {
    /** The item; null if there is none. Counts the statement as one of the current request. */
    @Nullable ItemView take() {
      Statements.shared(nanos);
      if (failure != null) {
        throw failure;
      }
      return item;
    }
  }

  /** The item that was read ahead for a request; null if none was. */
  static @Nullable Found of(HttpServerExchange exchange) {
    return exchange.removeAttachment(FOUND);
  }

  /** Reads the items of some requests. Items of a kind that one request wants are left to it. */
  void read(List<Wanted> requests) {
    requests.stream()
        .collect(
            Collectors.groupingBy(
                wanted ->
                    new Kind(
                        wanted.address().type(),
                        wanted.address().list(),
                        wanted.fields().expand())))
        .forEach(this::read);
  }

  private void read(Kind kind, List<Wanted> requests) {
    List<Code> codes = requests.stream().map(wanted -> wanted.address().code()).distinct().toList();
    if (requests.size() == 1) {
      return;
    }
    Map<String, ItemView> items = new HashMap<>();
    RuntimeException failure = null;
    long start = System.nanoTime();
    try {
      rows.items(kind.type(), kind.list(), codes, kind.expand())
          .forEach(item -> items.put(item.code(), item));
    } catch (RuntimeException e) {
      failure = e;
    }
    long nanos = System.nanoTime() - start;
    for (Wanted wanted : requests) {
      wanted
          .exchange()
          .putAttachment(
              FOUND, new Found(wanted, items.get(wanted.address().code().value()), failure, nanos));
    }
  }
}
