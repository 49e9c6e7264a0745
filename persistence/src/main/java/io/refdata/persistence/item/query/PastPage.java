package io.refdata.persistence.item.query;

import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of a past list. A list without conditions is walked through in its order until the page is
 * full. For another list, one statement tries three ways, the next one only if the one before did
 * not find the page:
 *
 * <ol>
 *   <li>All entries of an index for one of the conditions, if they are few.
 *   <li>A walk through the first items in the order of the list, if many of them satisfy the
 *       conditions.
 *   <li>All entries of the index; without one, all states that held at the revision.
 * </ol>
 *
 * <p>So it costs little whether few or many items satisfy the conditions (docs/adr/025).
 */
final class PastPage {
  /**
   * Where one way ends and the next begins.
   *
   * @param few how many entries of an index are few
   * @param fewWithoutWalk the same if the list cannot be walked through in its order
   * @param tries how many items a walk tries, besides those of the page
   * @param triesOfNames the same if names are searched, which have to be folded
   */
  record Bounds(int few, int fewWithoutWalk, int tries, int triesOfNames) {
    static final Bounds USUAL = new Bounds(1_000, 10_000, 1_000, 250);
  }

  private final Sql sql;
  private final ItemList list;
  private final int wanted;
  private final List<Finder> finders;
  private final boolean walks;
  private final Bounds bounds;

  private PastPage(Sql sql, ItemList list, Bounds bounds) {
    this.bounds = bounds;
    this.sql = sql;
    this.list = list;
    this.wanted = Objects.requireNonNull(list.limit()) + 1;
    this.finders = Finder.of(list);
    this.walks = PastWalk.suits(list);
  }

  /**
   * Adds a page, as SQL that can stand in place of a table. It has one item more than the list asks
   * for, which shows whether there is a next page.
   */
  static void add(Sql sql, ItemList list) {
    add(sql, list, Bounds.USUAL);
  }

  static void add(Sql sql, ItemList list, Bounds bounds) {
    new PastPage(sql, list, bounds).add();
  }

  private void add() {
    Finder inOrder = inOrder();
    boolean unconditional = Finder.conditions(list).isEmpty();
    if (walks && (unconditional || inOrder != null && inOrder.answers(list))) {
      walk(new PastWalk(sql, list, inOrder));
    } else if (!walks && finders.isEmpty()) {
      sql.add("(");
      allStates("");
      sql.add(")");
    } else {
      stages(inOrder);
    }
  }

  /** The finder that finds a list in the order of codes already in that order. */
  private @Nullable Finder inOrder() {
    return list.order().isEmpty()
        ? finders.stream()
            .filter(finder -> finder.access() == Finder.Access.IN_ORDER)
            .findFirst()
            .orElse(null)
        : null;
  }

  private void walk(PastWalk walk) {
    sql.add("(select * from (");
    List<Stretch> stretches = Stretch.of(list);
    for (int i = 0; i < stretches.size(); i++) {
      sql.add(i == 0 ? "" : "\n    union all ");
      states(walk.candidates(stretches.get(i), null));
      walk.finish(stretches.get(i), wanted);
      sql.add(")");
    }
    sql.add(") i limit " + wanted + ")");
  }

  private void stages(@Nullable Finder inOrder) {
    List<String> pages = new ArrayList<>();
    Finder first = first();
    sql.add("(with ");
    if (first != null) {
      few(first);
      pages.add("select * from page");
    }
    if (walks) {
      sql.add(first != null ? ",\n    " : "");
      walkAhead(new PastWalk(sql, list, inOrder), first != null);
      pages.add("select * from ahead where (select yes from is_found)");
    }
    sql.add("\n    ").add(String.join(" union all ", pages)).add(" union all ");
    String otherwise = "not (select yes from %s)".formatted(walks ? "is_found" : "is_few");
    Finder rest = rest();
    if (rest == null || !walks) {
      sql.add("(");
      allStates(" and " + otherwise);
      sql.add(")");
    } else {
      found(rest, rest.entries(sql, list.type()) + " and " + otherwise, rest.until());
    }
    sql.add(")");
  }

  /** The finder whose entries are tried first, if they are few; null for none. */
  private @Nullable Finder first() {
    if (finders.isEmpty() || walks && finders.get(0).access() == Finder.Access.WHOLE) {
      return null;
    }
    return finders.get(0);
  }

  /** Adds the page that is found if the entries of a finder are few. */
  private void few(Finder finder) {
    int few = walks ? bounds.few() : bounds.fewWithoutWalk();
    sql.add(
        "few as materialized (select i.id, i.code, i.rev, %s as ended from %s limit %d)"
            .formatted(finder.ended(), finder.entries(sql, list.type()), few + 1));
    sql.add(",\n    is_few as materialized (select count(*) <= %d as yes from few)".formatted(few));
    sql.add(",\n    page as materialized ");
    found(finder, "few i where (select yes from is_few)", "ended");
  }

  /** The finder that is read as a whole if nothing else finds the page. */
  private @Nullable Finder rest() {
    return finders.stream()
        .filter(finder -> finder.access() != Finder.Access.IN_ORDER)
        .findFirst()
        .orElse(finders.isEmpty() ? null : finders.get(0));
  }

  /**
   * Walks through a limited number of items. The page is found if it is full, or if there were no
   * more items in the list.
   */
  private void walkAhead(PastWalk walk, boolean afterFew) {
    boolean names = finders.stream().anyMatch(finder -> finder.access() == Finder.Access.WHOLE);
    int tries = wanted + (names ? bounds.triesOfNames() : bounds.tries());
    List<Stretch> stretches = Stretch.of(list);
    for (int i = 0; i < stretches.size(); i++) {
      sql.add(
          "c%d as materialized %s,\n    ".formatted(i, walk.candidates(stretches.get(i), tries)));
    }
    sql.add("ahead as materialized (select * from (");
    // A stretch is walked through only if those before it were not cut short.
    StringBuilder all = new StringBuilder("true");
    for (int i = 0; i < stretches.size(); i++) {
      sql.add(i == 0 ? "" : "\n    union all ");
      states("c" + i);
      sql.add(afterFew ? " and not (select yes from is_few)" : "");
      sql.add(i == 0 ? "" : " and " + all);
      walk.finish(stretches.get(i), wanted);
      sql.add(")");
      if (walk.isCut(stretches.get(i))) {
        all.append(" and (select count(*) from c%d) < %d".formatted(i, tries));
      }
    }
    sql.add(") i limit " + wanted + "),\n    is_found as materialized (select case ");
    sql.add(afterFew ? "when (select yes from is_few) then true " : "");
    sql.add(
        "when (select count(*) from ahead) >= %d then true else %s end as yes)"
            .formatted(wanted, all));
  }

  /** Adds the states of the items in a table, with the conditions; an order must follow. */
  private void states(String items) {
    sql.add(
        SqlText.of(
                """
                (select <columns>
                       from <items> c
                      cross join lateral (
                            select i.* from <audit> i where i.id = c.id and i.rev <= <revision>
                             order by i.rev desc limit 1) i\
                """)
            .with("columns", PastSql.columns(list.type(), "i"))
            .with("items", items)
            .with("audit", AuditRows.table(list.type()))
            .with("revision", sql.revision())
            .text());
    Where.conditions(sql, list);
    sql.add(" and i.revtype <> 2");
  }

  /**
   * Adds the page of the items that a finder found. If no other condition has to be checked, and
   * they are sorted by code, only the states of the page are read. An item that is found by its
   * first state may have been deleted, so its state has to be read.
   *
   * @param entries SQL of its entries
   * @param ended their column with the revision that ended the run
   */
  private void found(Finder finder, String entries, String ended) {
    String items = "(select i.id, i.code from " + entries + " and " + finder.holds(sql, "i", ended);
    if (list.order().isEmpty() && finder.answers(list) && finder.hasRuns()) {
      if (list.after() != null) {
        items += " and i.code > " + sql.bind(Objects.requireNonNull(list.after().get(0)));
      }
      items += " order by i.code limit " + wanted;
    }
    states(items + ")");
    page();
    sql.add(")");
  }

  private void allStates(String and) {
    sql.add("select ")
        .add(PastSql.columns(list.type(), "i"))
        .add(" from ")
        .add(PastSql.list(list.type(), sql.revision()))
        .add(" i");
    Where.conditions(sql, list);
    sql.add(and);
    page();
  }

  private void page() {
    ListOrder.after(sql, list);
    sql.add(" order by ").add(ListOrder.terms(sql, list)).add(" limit " + wanted);
  }
}
