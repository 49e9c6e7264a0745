package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the items of a past list in its order: by the runs of the property it is sorted by,
 * or, in the order of codes, by the first states of items or by the runs that a finder finds in
 * that order. Each candidate is then looked up as it was at the revision.
 */
final class PastWalk {
  private final Sql sql;
  private final ItemList list;
  private final List<Order> order;
  private final Property lead;
  private final @Nullable Finder finder;

  /**
   * @param finder a finder in the order of codes, for a list in that order; null for none
   */
  PastWalk(Sql sql, ItemList list, @Nullable Finder finder) {
    this.sql = sql;
    this.list = list;
    this.order = ListOrder.of(list);
    this.lead = order.get(0).property();
    this.finder = finder;
  }

  /**
   * True if a list can be walked through in its order. One that is sorted by codes of a list and by
   * more can not: so many items have the same code that sorting them costs as much as sorting all.
   */
  static boolean suits(ItemList list) {
    if (list.order().isEmpty()) {
      return true;
    }
    Property lead = list.order().get(0).property();
    return lead.name().equals("code")
        || Runs.inOrder(lead) && (list.order().size() == 1 || !lead.isListed());
  }

  /** True if the list is sorted by nothing but the code. */
  private boolean isByCode() {
    return order.size() == 1;
  }

  /** True if the items with one value of the first property are sorted by more than their code. */
  private boolean hasGroups() {
    return order.size() > 2;
  }

  /**
   * True if a limit of candidates can cut a stretch short. Items that are equal in the first
   * property and still to be sorted come as a whole.
   */
  boolean isCut(Stretch stretch) {
    return !hasGroups() || stretch.equal().isEmpty() && !stretch.without();
  }

  /**
   * The candidates of a stretch: {@code id}, {@code code} and the {@code value} of the first
   * property; the first in the order of the list, if there is a limit.
   *
   * @param limit the number of candidates after which the walk ends; null for no end
   */
  String candidates(Stretch stretch, @Nullable Integer limit) {
    String end =
        limit == null || !isCut(stretch)
            ? ""
            : hasGroups() ? " fetch first " + limit + " rows with ties" : " limit " + limit;
    boolean open = stretch.equal().isEmpty() && !stretch.without();
    if (open && lead.kind() == PropertyKind.REFERENCE) {
      return byReference(stretch, limit, end);
    }
    String value = "i." + lead.column();
    String direction = open ? ListOrder.direction(order.get(0)) : "";
    // Without an end, the order would hide from the planner that only the first are wanted.
    String terms = isByCode() ? "i.code" : value + direction + (hasGroups() ? "" : ", i.code");
    return SqlText.of(
            """
            (select i.id, i.code, <value> as value
               from <entries> and <holds><stretch><end>)\
            """)
        .with("value", value)
        .with("entries", entries())
        .with("holds", holds())
        .with("stretch", condition(stretch, value))
        .with("end", end.isEmpty() ? "" : " order by " + terms + end)
        .text();
  }

  private String entries() {
    return finder != null
        ? finder.entries(sql, list.type())
        : AuditRows.table(list.type())
            + (lead.name().equals("code") ? " i where i.revtype = 0" : " i where true");
  }

  private String holds() {
    if (finder != null) {
      return finder.holds(sql, "i", finder.until());
    }
    return lead.name().equals("code")
        ? "i.rev <= " + sql.revision()
        : Runs.holds("i", Runs.until(lead), sql.revision());
  }

  /** The condition that the first property, and the code if it is the next, are of a stretch. */
  private String condition(Stretch stretch, String value) {
    Object beyond = stretch.beyond();
    if (stretch.equal().isEmpty()) {
      if (beyond != null) {
        return " and " + ListOrder.beyond(order.get(0), value, sql.bind(beyond));
      }
      return stretch.without()
          ? " and " + value + " is null"
          : ListOrder.isAlwaysThere(lead) ? "" : " and " + value + " is not null";
    }
    Object same = stretch.equal().get(0);
    String equal =
        " and "
            + (same == null
                ? value + " is null"
                : Where.run(sql, new Condition.AnyOf(lead, List.of(same))));
    return hasGroups()
        ? equal
        : equal + " and i.code > " + sql.bind(Objects.requireNonNull(beyond));
  }

  /** Walks through the items that are referred to, in the order of their codes. */
  private String byReference(Stretch stretch, @Nullable Integer limit, String end) {
    ItemType<?> target = Catalogue.of(lead.target());
    Object beyond = stretch.beyond();
    return SqlText.of(
            """
            (select i.id, i.code, s.code as value
               from (select s.id, s.code from <targets> s
                      where s.revtype = 0 and s.rev <= <revision><beyond>
                      order by s.code<direction>) s
              cross join lateral (
                    select i.id, i.code from <audit> i
                     where i.<column> = s.id and <holds>
                     order by i.code<inner_end> offset 0) i
              order by s.code<direction><code><end>)\
            """)
        .with("targets", AuditRows.table(target))
        .with("revision", sql.revision())
        .with(
            "beyond",
            beyond == null
                ? ""
                : " and " + ListOrder.beyond(order.get(0), "s.code", sql.bind(beyond)))
        .with("direction", ListOrder.direction(order.get(0)))
        .with("audit", AuditRows.table(list.type()))
        .with("column", lead.column())
        .with("holds", holds())
        .with("inner_end", limit == null || hasGroups() ? "" : " limit " + limit)
        .with("code", hasGroups() ? "" : ", i.code")
        .with("end", end)
        .text();
  }

  /**
   * Adds the conditions on the state of a candidate that its stretch leaves open, with the order
   * and the limit.
   */
  void finish(Stretch stretch, int wanted) {
    int next = stretch.equal().size();
    for (int i = 1; i <= next && hasGroups(); i++) {
      String value = ListOrder.value(sql, order.get(i).property());
      Object same = i < next ? stretch.equal().get(i) : stretch.beyond();
      sql.add(" and ").add(value);
      if (i < next) {
        sql.add(same == null ? " is null" : " = " + sql.bind(same));
      } else if (same == null) {
        sql.add(stretch.without() ? " is null" : " is not null");
      } else {
        sql.add(ListOrder.beyond(order.get(i), "", sql.bind(same)));
      }
    }
    boolean open = stretch.equal().isEmpty() && !stretch.without();
    String value = "c.value" + (open ? ListOrder.direction(order.get(0)) : "") + ", ";
    sql.add(" order by ").add(isByCode() ? "" : value);
    sql.add(hasGroups() ? ListOrder.terms(sql, order.subList(1, order.size())) : "c.code");
    sql.add(" limit " + wanted);
  }
}
