package io.refdata.persistence.observation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.aggregation.Composition.Link;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import io.refdata.settings.Setting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of groups and larger regions. A group that has members consists of them, whenever they
 * are or were members; another region of the regions whose parent it is, groups excepted. Countries
 * and their subdivisions are not resolved further unless they are asked for themselves.
 */
public final class RegionParts {
  private static final String NAME = "RegionParts.read";
  private static final long MOST_CHANGES = Setting.AGGREGATION_CHANGES.number();

  private RegionParts() {}

  /**
   * Reads what some regions consist of, in the snapshot of a connection.
   *
   * @param codes those of the regions; unknown ones consist of nothing
   * @param revision that of the reference data at which to read; null for the current state
   */
  public static Composition read(
      Connection connection, Collection<String> codes, @Nullable Integer revision)
      throws SQLException {
    List<Object> bound = new ArrayList<>();
    String sql =
        sql(
            """
            select w.code, p.code, p.kind in ('COUNTRY', 'SUBDIVISION'),
                   greatest(l.valid_from, p.valid_from), least(l.valid_to, p.valid_to)
              from whole
              join region w on w.id = whole.id
              join link l on l.whole_id = whole.id
              join region p on p.id = l.part_id
            """,
            codes.toArray(String[]::new),
            revision,
            bound);
    try (PreparedStatement statement = connection.prepareStatement(StatementName.tag(sql, NAME))) {
      for (int i = 0; i < bound.size(); i++) {
        statement.setObject(i + 1, bound.get(i));
      }
      List<Link> links = new ArrayList<>();
      try (ResultSet rows = Statements.query(NAME, statement)) {
        while (rows.next()) {
          links.add(
              new Link(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getBoolean(3),
                  rows.getObject(4, LocalDate.class),
                  rows.getObject(5, LocalDate.class)));
        }
      }
      return new Composition(links, MOST_CHANGES);
    }
  }

  /** SQL for an array of the codes of some regions and of all that they consist of. */
  static String array(String[] codes, @Nullable Integer revision, List<Object> bound) {
    String parts =
        sql(
            """
            select p.code
              from whole join link l on l.whole_id = whole.id join region p on p.id = l.part_id
            union all select unnest(?::text[])\
            """,
            codes,
            revision,
            bound);
    bound.add(codes);
    return "array(" + parts + ")";
  }

  /**
   * SQL that selects from {@code region}, from {@code whole}, the ids of the regions that are
   * resolved, and from {@code link}, the ids of a whole and a part with the days between which it
   * is one.
   */
  private static String sql(
      String select, String[] codes, @Nullable Integer revision, List<Object> bound) {
    String regions = table("ref.region", revision, bound);
    String memberships = table("ref.membership", revision, bound);
    bound.add(codes);
    return """
    with recursive region as materialized (
      select r.id, r.code, r.kind, r.parent_id, r.valid_from, r.valid_to from %s r),
    membership as materialized (
      select m.group_id, m.member_id, m.valid_from, m.valid_to from %s m),
    link as materialized (
      select m.group_id as whole_id, m.member_id as part_id, m.valid_from, m.valid_to
        from membership m
      union all
      select r.parent_id, r.id, null, null
        from region r
       where r.parent_id is not null and r.kind <> 'GROUP'
         and not exists (select from membership m where m.group_id = r.parent_id)),
    whole as (
      select r.id from region r where r.code = any(?)
      union
      select p.id
        from whole w join link l on l.whole_id = w.id join region p on p.id = l.part_id
       where p.kind not in ('COUNTRY', 'SUBDIVISION'))
    %s\
    """
        .formatted(regions, memberships, select);
  }

  private static String table(String name, @Nullable Integer revision, List<Object> bound) {
    if (revision == null) {
      return name;
    }
    bound.add(revision);
    return "(select a.* from "
        + name
        + "_aud a where int4range(a.rev, a.revend) @> cast(? as integer) and a.revtype <> 2)";
  }
}
