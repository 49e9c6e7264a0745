package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.MembershipDay;
import io.refdata.persistence.sql.SqlText;
import org.jspecify.annotations.Nullable;

/** The items in a region, as SQL about a table with the alias {@code i}. */
final class Inside {
  private static final Property PARENT = Catalogue.REGIONS.property("parent").orElseThrow();
  private static final ItemType.Period MEMBERSHIP = Catalogue.MEMBERSHIPS.periods().get(0);

  private final Sql sql;

  Inside(Sql sql) {
    this.sql = sql;
  }

  String within(Condition.Within within) {
    // An array is computed once; a join would go through the regions for each item.
    return within.property().equals(PARENT)
        ? "i.id = any(array(%s where not top))".formatted(ids(within.region(), within.on()))
        : "i.%s = any(array(%s))"
            .formatted(within.property().column(), ids(within.region(), within.on()));
  }

  String memberOf(Condition.MemberOf memberOf) {
    return SqlText.of(
            "i.id = any(array(select m.member_id from <memberships> m where m.group_id = <group>"
                + " and <in_force>))")
        .with("memberships", sql.table(Catalogue.MEMBERSHIPS))
        .with("group", PastSql.id(sql, Catalogue.REGIONS, memberOf.group()))
        .with("in_force", inForce("m", MEMBERSHIP, sql.bind(memberOf.on().day())))
        .text();
  }

  /** That a day is in the life of an item. */
  static String inForce(String alias, ItemType.Period life, String day) {
    return SqlText.of(
            "coalesce(<alias>.<from> <= <day>, true) and coalesce(<alias>.<to> >= <day>, true)")
        .with("alias", alias)
        .with("from", life.from().column())
        .with("to", life.to().column())
        .with("day", day)
        .text();
  }

  /**
   * The ids of a region, as {@code top}, and of all that lie in it. Groups may be members of each
   * other: what was found is not followed again.
   */
  private String ids(Code region, @Nullable MembershipDay on) {
    return SqlText.of(
            """
            with recursive inside as (
              select r.id, true as top from <regions> r where r.code = <region>
              union
              select b.id, false
                from (select r.parent_id as above, r.id from <children><members>) b
                join inside on b.above = inside.id)
            select id from inside\
            """)
        .with("regions", sql.table(Catalogue.REGIONS))
        .with("region", sql.bind(region))
        .with("children", children())
        .with("members", on == null ? "" : " union all " + members(on))
        .text();
  }

  private String children() {
    return (sql.isPast()
            ? Runs.table(Catalogue.REGIONS, PARENT, sql.revision())
            : Catalogue.REGIONS.table())
        + " r";
  }

  private String members(MembershipDay on) {
    return SqlText.of("select m.group_id, m.member_id from <memberships> m where <in_force>")
        .with("memberships", sql.table(Catalogue.MEMBERSHIPS))
        .with("in_force", inForce("m", MEMBERSHIP, sql.bind(on.day())))
        .text();
  }
}
