package io.refdata.persistence.item.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of items as rows. A list takes one statement, whatever its length and its expanded
 * items, so it comes from one snapshot (docs/adr/011).
 */
@Dependent
public class ItemRows {
  private static final int ROWS_AT_A_TIME = 1_000;

  /** The same for any number of items: it stands in the text of the statement. */
  private static final int TOGETHER = (int) Setting.READS_TOGETHER.number();

  private static final int BATCH = (int) Setting.ITEM_BATCH.number();

  private final Jdbi jdbi;

  @Inject
  public ItemRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of items, and whether more come after them. */
  public record Page(List<ItemView> items, boolean more) {}

  /** The ways to count the items of a list over all pages. */
  public enum Counting {
    /** One by one. */
    EXACT,
    /** By the planner's estimate, which takes no time, whatever their number. */
    ESTIMATED
  }

  /** A page of a list, and the number of items over all pages, if it was asked for. */
  public record CountedPage(Page page, @Nullable Long count) {}

  /** Handles items one by one. */
  @FunctionalInterface
  public interface ItemHandler {
    void handle(Iterator<ItemView> items) throws IOException;
  }

  /** The items a list asks for, in its order, and whether more come after them. */
  public Page page(ItemList list) {
    return jdbi.withHandle(handle -> page(handle, list));
  }

  /**
   * The current items with some codes, as far as they exist, in one statement.
   *
   * @param list the code list, if the items are its codes; else null
   * @param codes at most {@code refdata.reads.together}, each once
   */
  public List<ItemView> items(
      ItemType<?> type, @Nullable Code list, List<Code> codes, Set<String> expand) {
    return page(ItemList.of(type, list, codes, TOGETHER, expand)).items();
  }

  /**
   * The current items with some codes, as far as they exist, as the transaction of a handle sees
   * them.
   *
   * @param list the code list, if the items are its codes; else null
   * @param codes at most {@code refdata.items.batch}, each once
   */
  public static List<ItemView> items(
      Handle handle, ItemType<?> type, @Nullable Code list, List<Code> codes) {
    return page(handle, ItemList.of(type, list, codes, BATCH, Set.of())).items();
  }

  /**
   * The same for a list that belongs to an item, or with a count; all is read from one snapshot.
   * Not to be called in a transaction.
   *
   * @param of the item that must exist; null if the list belongs to no item
   * @param counting null for no count
   * @throws NoSuchItem if the item does not exist
   */
  public CountedPage page(ItemList list, @Nullable Address of, @Nullable Counting counting) {
    if (of == null && counting == null) {
      return new CountedPage(page(list), null);
    }
    return Snapshot.ask(
        jdbi,
        handle -> {
          if (of != null
              && page(handle, ItemList.of(of, Set.of(), list.past())).items().isEmpty()) {
            throw of.noSuchItem();
          }
          Page page = page(handle, list);
          return new CountedPage(
              page,
              counting == null
                  ? null
                  : counting == Counting.EXACT ? count(handle, list) : estimate(handle, list));
        });
  }

  private static Page page(Handle handle, ItemList list) {
    int limit = Objects.requireNonNull(list.limit());
    List<ItemView> items = items(handle, list);
    boolean more = items.size() > limit;
    return new Page(more ? items.subList(0, limit) : items, more);
  }

  private static List<ItemView> items(Handle handle, ItemList list) {
    if (ExpandedPage.isFor(list)) {
      return ExpandedPage.read(list, name(list), handle.getConnection());
    }
    List<ItemView> items = new ArrayList<>();
    try (ItemCursor cursor = open(handle, list)) {
      cursor.forEachRemaining(items::add);
    }
    return items;
  }

  /**
   * Hands all items of a list to a handler, through a cursor. Not to be called in a transaction.
   */
  public void stream(ItemList list, ItemHandler handler) throws IOException {
    jdbi.<IOException>useTransaction(
        handle -> {
          try (ItemCursor items = open(handle, list)) {
            handler.handle(items);
          }
        });
  }

  private static ItemCursor open(Handle handle, ItemList list) {
    Sql sql = new Sql(list.past());
    ItemSelection.Plan plan = ItemSelection.plan(sql, list);
    if (list.near() != null) {
      plan = plan.withDistance();
    }
    select(sql, list, plan);
    return new ItemCursor(
        name(list),
        sql,
        plan.reader(),
        list.limit() == null ? ROWS_AT_A_TIME : 0,
        handle.getConnection());
  }

  private static String name(ItemList list) {
    if (list.near() != null) {
      return "ItemRows.near";
    }
    if (list.isSingle()) {
      return "ItemRows.item";
    }
    if (list.limit() == null) {
      return "ItemRows.stream";
    }
    return list.byCode() && !list.conditions().isEmpty() ? "ItemRows.items" : "ItemRows.page";
  }

  private static void select(Sql sql, ItemList list, ItemSelection.Plan plan) {
    sql.add("select ").add(plan.columns()).add("\n  from ");
    if (list.near() != null) {
      NearPage.add(sql, list);
      sql.add(" i").add(plan.joins()).add("\n order by i.%s, i.code".formatted(NearPage.DISTANCE));
      return;
    }
    if (list.limit() == null || list.isSingle()) {
      sql.add(sql.table(list)).add(" i").add(plan.joins()).add("\n");
      Where.conditions(sql, list);
      if (!list.isSingle()) {
        ListOrder.after(sql, list);
      }
    } else {
      // The page first, then the items that it refers to.
      if (list.past() == null) {
        CurrentPage.add(sql, list);
      } else {
        PastPage.add(sql, list);
      }
      sql.add(" i").add(plan.joins());
    }
    if (!list.isSingle()) {
      sql.add("\n order by ").add(ListOrder.terms(sql, list));
    }
  }

  private static long count(Handle handle, ItemList list) {
    return counting(list, "count(*)").query(handle).mapTo(Long.class).one();
  }

  private static long estimate(Handle handle, ItemList list) {
    String plan =
        counting(list, "1").query(handle, "explain (format json) ").mapTo(String.class).one();
    try {
      return Json.MAPPER.readTree(plan).get(0).get("Plan").get("Plan Rows").longValue();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("EXPLAIN answered " + plan, e);
    }
  }

  private static Sql counting(ItemList list, String expression) {
    Sql sql = Sql.replanned(list.past());
    sql.add("select ").add(expression).add(" from ");
    if (list.near() != null) {
      NearPage.addAll(sql, list);
      return sql.add(" i");
    }
    sql.add(sql.table(list)).add(" i");
    Where.conditions(sql, list);
    return sql;
  }
}
