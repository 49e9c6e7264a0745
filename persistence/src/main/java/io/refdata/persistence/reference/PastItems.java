package io.refdata.persistence.reference;

import io.refdata.reference.Item;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * The reference items as they were. A page costs one statement, and one more for each type that is
 * referred to, and so for each step that references are followed; never one an item.
 */
@Dependent
public class PastItems {
  private static final Pattern PARAMETER = Pattern.compile("\\?(\\d+)");

  private final Jdbi jdbi;

  @Inject
  public PastItems(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The items a list of a past state asks for, in its order, and whether more come after them. */
  Items.Page list(ItemList list) {
    Past past = Objects.requireNonNull(list.past());
    return jdbi.withHandle(
        handle -> {
          Reconstruction then = new Reconstruction(handle, past.revision());
          List<Item> found =
              query(handle, ItemSql.page(list))
                  .map((row, context) -> then.read(list.type(), row))
                  .list();
          then.follow(past.depth());
          boolean more = found.size() > list.limit();
          return new Items.Page(
              new ArrayList<>(found.subList(0, more ? list.limit() : found.size())), more);
        });
  }

  private static Query query(Handle handle, ItemSql sql) {
    Query query = handle.createQuery(PARAMETER.matcher(sql.sql()).replaceAll(":p$1"));
    for (int i = 0; i < sql.bound().size(); i++) {
      query.bind("p" + (i + 1), sql.bound().get(i));
    }
    return query;
  }
}
