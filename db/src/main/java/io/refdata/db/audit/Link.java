package io.refdata.db.audit;

import io.refdata.db.audit.Breach.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link of the chain, compared with the one before and with what it seals.
 *
 * @param number its place
 * @param revision the revision; null if it is about actions
 * @param action the action; null if it is of a revision, or says that retention has removed some
 * @param begins true if it seals what an action was, so that actions are counted once
 * @param rows audit rows of the revision
 * @param hash in hexadecimal
 * @param breach what is found here, audit rows left aside; null if nothing
 */
record Link(
    long number,
    @Nullable Integer revision,
    @Nullable Long action,
    boolean begins,
    long rows,
    String hash,
    @Nullable Breach breach) {
  static final String SEALS = "ref.seal";
  static final String REVISIONS = "ref.revision";
  static final String ACTIONS = "performance_monitoring.action";

  private static final String LINKS =
      """
      select /* AuditChain.links */ s.number, s.rev, s.action, s.entry = 'ACTION_BEGUN' as begins, s.rows, s.hash,
             s.number = coalesce(s.number_before, ?) + 1 as follows,
             s.hash = sha256(coalesce(s.hash_before, (select b.hash from ref.seal b where b.number = ?), ''::bytea)
                             || int8send(s.number) || timestamptz_send(s.at)
                             || case when s.entry = 'REVISION'
                                     then int8send(s.rows) || int4send(s.rev) || s.revision || s.states || coalesce(s.file, ''::bytea)
                                     else int8send(coalesce(s.action, 0)) || convert_to(s.entry, 'UTF8') || s.revision end)
             and (s.entry <> 'REVISION'
                  or s.states = sha256(coalesce(
                       (select string_agg(sha256(convert_to(f.audit, 'UTF8') || int4send(f.block) || f.fingerprints), ''::bytea
                                          order by f.audit, f.block)
                          from ref.sealed_state f
                         where f.rev = s.rev), ''::bytea))) as sound,
             case when s.entry = 'REVISION' then r.rev is not null
                  when s.action is not null then
                    a.id is not null
                    or exists (select from ref.seal g where g.entry = 'ACTIONS_REMOVED' and g.number > s.number and g.at > s.at)
                  else true end as present,
             case when s.entry = 'REVISION' then s.revision = sha256(convert_to(jsonb_strip_nulls(to_jsonb(r))::text, 'UTF8'))
                  when a.id is null then true
                  else s.revision = sha256(convert_to(jsonb_strip_nulls(
                         case s.entry when 'ACTION_BEGUN' then to_jsonb(a) - 'status' else to_jsonb(a) end)::text, 'UTF8'))
             end as unchanged,
             p.sha256 is null or s.file is not null and p.sha256 = s.file as of_file
        from (select l.*, lag(l.number) over chain as number_before, lag(l.hash) over chain as hash_before,
                     sum(l.rows) over chain - l.rows as rows_before
                from (select * from ref.seal where number > ? order by number limit ?) l
              window chain as (order by l.number)) s
        left join ref.revision r on r.rev = s.rev
        left join raw.load l on l.id = r.load_id
        left join raw.payload p on p.id = l.payload_id
        left join performance_monitoring.action a on a.id = s.action
       where s.rows_before < ?
       order by s.number
      """;

  /**
   * The links after a place.
   *
   * @param most how many at most
   * @param rows no more are begun after so many audit rows
   */
  static List<Link> after(Connection connection, long place, int most, long rows)
      throws SQLException {
    List<Link> links = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LINKS)) {
      query.setLong(1, place);
      query.setLong(2, place);
      query.setLong(3, place);
      query.setInt(4, most);
      query.setLong(5, rows);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          links.add(read(row));
        }
      }
    }
    return links;
  }

  private static Link read(ResultSet row) throws SQLException {
    Integer revision = row.getObject("rev", Integer.class);
    Long action = row.getObject("action", Long.class);
    return new Link(
        row.getLong("number"),
        revision,
        action,
        row.getBoolean("begins"),
        row.getLong("rows"),
        HexFormat.of().formatHex(row.getBytes("hash")),
        breach(row, revision, action));
  }

  private static @Nullable Breach breach(
      ResultSet row, @Nullable Integer revision, @Nullable Long action) throws SQLException {
    String item = action == null ? null : action.toString();
    if (!row.getBoolean("follows")) {
      return new Breach(Kind.SEAL_REMOVED, revision, SEALS, item);
    } else if (!row.getBoolean("sound")) {
      return new Breach(Kind.SEAL_CHANGED, revision, SEALS, item);
    } else if (!row.getBoolean("present")) {
      return action == null
          ? new Breach(Kind.REVISION_REMOVED, revision, REVISIONS, null)
          : new Breach(Kind.ACTION_REMOVED, null, ACTIONS, item);
    } else if (!row.getBoolean("unchanged")) {
      return action == null
          ? new Breach(Kind.REVISION_CHANGED, revision, REVISIONS, null)
          : new Breach(Kind.ACTION_CHANGED, null, ACTIONS, item);
    } else if (!row.getBoolean("of_file")) {
      return new Breach(Kind.FILE_CHANGED, revision, "raw.payload", null);
    }
    return null;
  }
}
