package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.Optional;

/**
 * A page of a past list that has conditions, in the order of codes. First the page is looked for
 * among the first candidates, one by one. Only if they run out before the page is full, it is
 * looked for among all states that held. So a condition that many items satisfy is answered early,
 * one that few items satisfy is answered by an index, and for the others this attempt adds little
 * cost (docs/adr/008).
 */
final class PastPage {
  /** A longer page is as fast to find among all states at once. */
  private static final int LONGEST = 100;

  /** The number of candidates that are tried for each wanted item. */
  private static final int TRIES = 10;

  private final Sql sql;
  private final ItemList list;
  private final int wanted;

  private PastPage(Sql sql, ItemList list, int limit) {
    this.sql = sql;
    this.list = list;
    this.wanted = limit + 1;
  }

  /** True if the page of a list should be found in this way. */
  static boolean suits(ItemList list) {
    return list.past() != null
        && list.order().isEmpty()
        && list.limit() != null
        && list.limit() <= LONGEST
        && !list.byCode();
  }

  /** Adds the page, as SQL that can stand in place of a table. */
  static void add(Sql sql, ItemList list, int limit) {
    new PastPage(sql, list, limit).add();
  }

  private void add() {
    ItemType<?> type = list.type();
    sql.add("(with ahead as materialized (\n      select distinct i.code, i.id from ")
        .add(candidates())
        .add(" and i.rev <= ")
        .add(sql.revision());
    Where.after(sql, list);
    // Two items can have had the same code, one after the other.
    sql.add(" order by i.code fetch first %d rows with ties),\n".formatted(wanted * TRIES))
        .add("    found as materialized (\n      select ")
        .add(PastSql.columns(type, "i"))
        .add(" from ")
        .add(PastSql.states(type, "ahead", sql.revision()))
        .add(" i");
    Where.conditions(sql, list);
    sql.add(" order by i.code limit %d)\n".formatted(wanted))
        .add("    select * from found union all\n    (select ")
        .add(PastSql.columns(type, "i"))
        .add(" from ")
        .add(sql.table(list))
        .add(" i");
    Where.conditions(sql, list);
    // The counts are computed before the first state is read; the second only if it matters.
    sql.add(
        SqlText.of(
                """
                     and case when (select count(*) from found) < <wanted>
                              then (select count(*) from ahead) >= <tried> else false end
                     and i.code > (select max(code) from ahead)
                   order by i.code limit <wanted>)
                  order by code limit <wanted>)\
                """)
            .with("wanted", wanted)
            .with("tried", wanted * TRIES)
            .text());
  }

  /**
   * A recorded state of each candidate, found by an index: one in which the item had the required
   * reference, or the required code or name, or else the one it was created in.
   */
  private String candidates() {
    String audit = AuditRows.table(list.type());
    Optional<String> referring = had(PropertyKind.REFERENCE);
    Optional<Condition.NameContains> called =
        list.conditions().stream()
            .filter(Condition.NameContains.class::isInstance)
            .map(Condition.NameContains.class::cast)
            .filter(any -> PastSql.searched(list.type()))
            .findFirst();
    if (referring.isEmpty() && called.isPresent()) {
      // "offset 0" is a fence: without it, the planner reads names in the order of codes.
      return """
      (select i.code, i.id, i.rev
               from %s i
              where i.folded_name is not null and i.revtype <> 2 and %s offset 0) i
             where true\
      """
          .formatted(audit, Where.contains(sql, "i.folded_name", called.get()));
    }
    return audit + " i where " + referring.or(() -> had(PropertyKind.CODE)).orElse("i.revtype = 0");
  }

  /** SQL by which an index finds candidates for one of the conditions on properties of a kind. */
  private Optional<String> had(PropertyKind kind) {
    Code codeList = list.list();
    if (codeList != null && kind == PropertyKind.REFERENCE) {
      return list.type().properties().stream()
          .filter(Property::inUrl)
          .findFirst()
          .map(property -> had(property, codeList));
    }
    return list.conditions().stream()
        .filter(Condition.AnyOf.class::isInstance)
        .map(Condition.AnyOf.class::cast)
        .filter(any -> any.values().size() == 1 && any.property().kind() == kind)
        .filter(any -> PastSql.indexed(any.property()))
        .findFirst()
        .map(any -> had(any.property(), any.values().get(0)));
  }

  private String had(Property property, Object value) {
    String had = "i.changed and i.revtype <> 2 and i.%s = %s";
    if (property.kind() != PropertyKind.REFERENCE) {
      return had.formatted(property.column(), sql.bind(value));
    }
    return had.formatted(
        property.column(),
        SqlText.of(
                "(select r.id from <audit> r where r.code = <code> and r.rev <= <revision>"
                    + " and r.revtype <> 2 order by r.rev desc limit 1)")
            .with("audit", AuditRows.table(Catalogue.of(property.target())))
            .with("code", sql.bind((Code) value))
            .with("revision", sql.revision())
            .text());
  }
}
