package io.refdata.persistence.dataset;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dimension;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The items that the dimensions of series refer to by their codes. */
public final class DimensionItems {
  private DimensionItems() {}

  /** Those of some codes that items of a dimension have. */
  public static Set<String> existing(Handle handle, Dimension dimension, Collection<String> codes) {
    return find(handle, dimension, codes, "");
  }

  /**
   * Keeps the items of new series from being deleted until the transaction ends. Who deletes an
   * item waits for it, and then sees the series. To be called after the locks of topics were taken.
   *
   * @return a code that no item has any more; empty if there is none
   */
  public static Optional<String> hold(
      Handle handle, Dimension dimension, Collection<String> codes) {
    Set<String> gone = new TreeSet<>(codes);
    gone.removeAll(find(handle, dimension, codes, " for key share of i"));
    return gone.stream().findFirst();
  }

  private static Set<String> find(
      Handle handle, Dimension dimension, Collection<String> codes, String locking) {
    String sql =
        dimension.listed()
            ? "select i.code from ref.code i join ref.code_list l on l.id = i.list_id"
                + " where l.code = :list and i.code = any(:codes)"
            : "select i.code from %s i where i.code = any(:codes)"
                .formatted(Catalogue.named(dimension.values()).orElseThrow().table());
    Query query =
        handle.createQuery(sql + locking).bindArray("codes", String.class, List.copyOf(codes));
    if (dimension.listed()) {
      query.bind("list", dimension.list().value());
    }
    return new TreeSet<>(query.mapTo(String.class).list());
  }
}
