package io.refdata.db.audit;

import io.refdata.db.audit.Breach.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chain of hashes over all revisions, as {@code ref.seal_revisions} makes it. It is verified in
 * parts, in bounded memory. No function of the schema is called, only those of PostgreSQL: whoever
 * changes the record could change a function too.
 */
public final class AuditChain {
  private static final String REVISIONS = "ref.revision";
  private static final String SEALS = "ref.seal";

  /** All links from one place on are compared with the one before and with what they seal. */
  private static final String LINKS =
      """
      select /* AuditChain.links */ s.number, s.rev, s.rows, s.hash,
             s.number = coalesce(s.number_before, ?) + 1,
             s.hash = sha256(coalesce(s.hash_before, (select b.hash from ref.seal b where b.number = ?), ''::bytea)
                             || int8send(s.number) || timestamptz_send(s.at) || int8send(s.rows) || int4send(s.rev)
                             || s.revision || s.states || coalesce(s.file, ''::bytea))
             and s.states = sha256(coalesce(
                   (select string_agg(sha256(convert_to(f.audit, 'UTF8') || int4send(f.block) || f.fingerprints), ''::bytea
                                      order by f.audit, f.block)
                      from ref.sealed_state f
                     where f.rev = s.rev), ''::bytea)),
             r.rev is not null,
             s.revision = sha256(convert_to(jsonb_strip_nulls(to_jsonb(r))::text, 'UTF8')),
             p.sha256 is null or s.file is not null and p.sha256 = s.file
        from (select l.*, lag(l.number) over chain as number_before, lag(l.hash) over chain as hash_before,
                     sum(l.rows) over chain - l.rows as rows_before
                from (select * from ref.seal where number > ? order by number limit ?) l
              window chain as (order by l.number)) s
        left join ref.revision r on r.rev = s.rev
        left join raw.load l on l.id = r.load_id
        left join raw.payload p on p.id = l.payload_id
       where s.rows_before < ?
       order by s.number
      """;

  /** Its place, and a revision that should be in the chain and is not. */
  private static final String END =
      """
      select /* AuditChain.end */ coalesce(e.number, 0),
             (select r.rev from ref.revision r
               where (r.at is null or (r.at, r.rev) <= (e.at, e.rev))
                 and not exists (select from ref.seal s where s.rev = r.rev)
               order by r.at, r.rev
               limit 1),
             (select count(*) from ref.revision r
               where r.at >= coalesce(e.at, '-infinity') and (e.rev is null or (r.at, r.rev) > (e.at, e.rev)))
        from (select) one
        left join (select * from ref.seal order by number desc limit 1) e on true
      """;

  private static final String KNOWN =
      "select /* AuditChain.knows */ exists (select from ref.seal where hash = ?)";

  private record Link(long number, int revision, long rows, String hash, @Nullable Breach breach) {}

  private record End(long number, @Nullable Integer notSealed, long waiting) {}

  private final Connection connection;

  /**
   * @param connection in a transaction of its own at isolation level repeatable read, so that
   *     nothing is written meanwhile
   */
  public AuditChain(Connection connection) throws SQLException {
    this.connection = connection;
    // What ref.seal_revisions has set: they are in the texts that are hashed.
    try (Statement statement = connection.createStatement()) {
      // Functions of PostgreSQL only: whoever may create some could put others in their place.
      statement.execute("set /* AuditChain */ local search_path = pg_catalog, pg_temp");
      statement.execute("set /* AuditChain */ local timezone = 'UTC'");
      statement.execute("set /* AuditChain */ local extra_float_digits = 1");
    }
  }

  /** True if a hash is in the chain. */
  private boolean knows(String head) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(KNOWN)) {
      query.setBytes(1, HexFormat.of().parseHex(head));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Verifies a part of the chain, up to its first breach. With the last part it looks for what was
   * added outside of the chain.
   *
   * @param after the place after which it begins; 0 for all
   * @param head a hash that must be in the chain, in hexadecimal; null if none is known
   * @param revisions how many to verify at most
   * @param rows no more are begun after so many audit rows
   */
  public Verification verify(long after, @Nullable String head, int revisions, long rows)
      throws SQLException {
    List<Link> links = links(after, revisions, rows);
    End end = end();
    Breach breach = null;
    if (head != null && !knows(head)) {
      breach = new Breach(Kind.HEAD_UNKNOWN, null, SEALS, null);
    } else if (after > end.number()) {
      // The place was in the chain once.
      breach = new Breach(Kind.SEAL_REMOVED, null, SEALS, null);
    }
    int whole = 0;
    while (whole < links.size() && links.get(whole).breach() == null) {
      whole++;
    }
    AuditTables tables = AuditTables.read(connection);
    if (breach == null && whole > 0) {
      breach = tables.firstBreach(links.subList(0, whole).stream().map(Link::revision).toList());
    }
    if (breach == null && whole < links.size()) {
      breach = links.get(whole).breach();
    }
    long reached = links.isEmpty() ? after : links.get(links.size() - 1).number();
    boolean ended = links.isEmpty() || reached >= end.number();
    if (breach == null && ended) {
      breach =
          end.notSealed() == null
              ? tables.stray()
              : new Breach(Kind.REVISION_ADDED, end.notSealed(), REVISIONS, null);
    }
    List<Link> verified = links.subList(0, whole);
    return new Verification(
        verified.size(),
        verified.stream().mapToLong(Link::rows).sum(),
        end.waiting(),
        breach,
        verified.isEmpty() ? null : verified.get(whole - 1).hash(),
        ended || breach != null ? null : reached);
  }

  private List<Link> links(long after, int revisions, long rows) throws SQLException {
    List<Link> links = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LINKS)) {
      query.setLong(1, after);
      query.setLong(2, after);
      query.setLong(3, after);
      query.setInt(4, revisions);
      query.setLong(5, rows);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          links.add(link(row));
        }
      }
    }
    return links;
  }

  private static Link link(ResultSet row) throws SQLException {
    int revision = row.getInt(2);
    Breach breach = null;
    if (!row.getBoolean(5)) {
      breach = new Breach(Kind.SEAL_REMOVED, revision, SEALS, null);
    } else if (!row.getBoolean(6)) {
      breach = new Breach(Kind.SEAL_CHANGED, revision, SEALS, null);
    } else if (!row.getBoolean(7)) {
      breach = new Breach(Kind.REVISION_REMOVED, revision, REVISIONS, null);
    } else if (!row.getBoolean(8)) {
      breach = new Breach(Kind.REVISION_CHANGED, revision, REVISIONS, null);
    } else if (!row.getBoolean(9)) {
      breach = new Breach(Kind.FILE_CHANGED, revision, "raw.payload", null);
    }
    return new Link(
        row.getLong(1),
        revision,
        row.getLong(3),
        HexFormat.of().formatHex(row.getBytes(4)),
        breach);
  }

  private End end() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(END);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new End(row.getLong(1), row.getObject(2, Integer.class), row.getLong(3));
    }
  }
}
