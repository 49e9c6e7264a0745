package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A page of a list of current items. It is looked for stretch by stretch, until it is full. A list
 * that is sorted by a reference is joined with the items that are referred to, so that the planner
 * can walk these in the order of their codes.
 */
final class CurrentPage {
  private final Sql sql;
  private final ItemList list;
  private final List<Order> order;
  private final int wanted;

  private CurrentPage(Sql sql, ItemList list) {
    this.sql = sql;
    this.list = list;
    this.order = ListOrder.of(list);
    this.wanted = Objects.requireNonNull(list.limit()) + 1;
  }

  /**
   * Adds a page, as SQL that can stand in place of a table. It has one item more than the list asks
   * for, which shows whether there is a next page.
   */
  static void add(Sql sql, ItemList list) {
    new CurrentPage(sql, list).add();
  }

  private void add() {
    List<Stretch> stretches = Stretch.of(list);
    if (stretches.size() == 1) {
      add(stretches.get(0));
      return;
    }
    sql.add("(select * from (");
    for (Stretch stretch : stretches) {
      if (stretch != stretches.get(0)) {
        sql.add("\n    union all ");
      }
      add(stretch);
    }
    sql.add(") i limit " + wanted + ")");
  }

  private void add(Stretch stretch) {
    int next = stretch.equal().size();
    sql.add("(select i.* from ").add(sql.table(list)).add(" i");
    for (int i = stretch.without() ? next + 1 : next; i < order.size(); i++) {
      join(i, i == next);
    }
    Where.conditions(sql, list);
    for (int i = 0; i < next; i++) {
      Object value = stretch.equal().get(i);
      String column = "i." + property(i).column();
      sql.add(" and ").add(value == null ? column + " is null" : equal(property(i), value));
    }
    next(stretch, next);
    // The number stands in the text: a plan for any limit expects a tenth of the table, and seems
    // so expensive that the server would plan each list again instead, which takes longer than the
    // list.
    sql.add(" order by " + String.join(", ", terms(stretch)) + " limit " + wanted + ")");
  }

  private void next(Stretch stretch, int next) {
    Object beyond = stretch.beyond();
    if (stretch.without()) {
      sql.add(" and i." + property(next).column() + " is null");
    } else if (beyond != null) {
      sql.add(" and " + ListOrder.beyond(order.get(next), value(next), sql.bind(beyond)));
    } else if (!ListOrder.isAlwaysThere(property(next))) {
      sql.add(" and i." + property(next).column() + " is not null");
    }
  }

  private Property property(int i) {
    return order.get(i).property();
  }

  private boolean isReference(int i) {
    return property(i).kind() == PropertyKind.REFERENCE;
  }

  private void join(int i, boolean present) {
    if (isReference(i)) {
      sql.add(
          " %s %s s%d on s%3$d.id = i.%s"
              .formatted(
                  present ? "join" : "left join",
                  Catalogue.of(property(i).target()).table(),
                  i,
                  property(i).column()));
    }
  }

  private String value(int i) {
    return isReference(i) ? "s" + i + ".code" : "i." + property(i).column();
  }

  private String equal(Property property, Object value) {
    ItemType<?> target =
        property.kind() == PropertyKind.REFERENCE ? Catalogue.of(property.target()) : null;
    if (target == null) {
      return "i.%s = %s".formatted(property.column(), sql.bind(value));
    }
    // Two lists may have the same code.
    return target == Catalogue.CODES
        ? "i.%s in (select r.id from %s r where r.code = %s)"
            .formatted(property.column(), target.table(), sql.bind(value))
        : "i.%s = %s".formatted(property.column(), PastSql.id(sql, target, value));
  }

  /**
   * The terms that a stretch is sorted by. A column that is null in all its items is named too: the
   * planner does not know that they are equal in it, and could not read them in the order of an
   * index. The next property is there, so it needs no place for those that lack it, and an index
   * can be read backwards.
   */
  private List<String> terms(Stretch stretch) {
    int next = stretch.equal().size();
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      boolean missing = i < next ? stretch.equal().get(i) == null : i == next && stretch.without();
      if (missing) {
        terms.add("i." + property(i).column());
      } else if (i >= next) {
        String nulls = i == next || ListOrder.isAlwaysThere(property(i)) ? "" : " nulls last";
        terms.add(value(i) + ListOrder.direction(order.get(i)) + nulls);
      }
    }
    return terms;
  }
}
