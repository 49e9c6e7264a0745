package io.refdata.db.audit;

import io.refdata.db.audit.Breach.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chain of hashes over all revisions and actions, as {@code ref.seal_revisions} and {@code
 * ref.seal_actions} make it. It is verified in parts, in bounded memory. No function of the schema
 * is called, only those of PostgreSQL: whoever changes the record could change a function too.
 */
public final class AuditChain {
  /** Its place, what should be in the chain and is not, and what is not sealed yet. */
  private static final String END =
      """
      select /* AuditChain.end */ (select coalesce(max(number), 0) from ref.seal) as number,
             (select r.rev from ref.revision r
               where (r.at is null or (r.at, r.rev) <= (e.at, e.rev))
                 and not exists (select from ref.seal s where s.rev = r.rev)
               order by r.at, r.rev
               limit 1) as revision,
             (select a.id from performance_monitoring.action a
               where a.at <= (select max(s.at) - interval '1 hour' from ref.seal s
                               where s.entry = 'ACTION_BEGUN' and s.at <= clock_timestamp())
                 and not exists (select from ref.seal s where s.action = a.id and s.entry = 'ACTION_BEGUN')
               order by a.id
               limit 1) as action,
             (select count(*) from ref.revision r
               where r.at >= coalesce(e.at, '-infinity') and (e.rev is null or (r.at, r.rev) > (e.at, e.rev)))
             + (select count(*) from performance_monitoring.action a
                 where not exists (select from ref.seal s
                                    where s.action = a.id and s.entry = case when a.status is null then 'ACTION_BEGUN' else 'ACTION_ENDED' end)
               ) as waiting,
             (select max(s.at) from ref.seal s where s.entry = 'ACTIONS_REMOVED') as removed
        from (select) one
        left join (select * from ref.seal where entry = 'REVISION' order by number desc limit 1) e on true
      """;

  private static final String KNOWN =
      "select /* AuditChain.knows */ exists (select from ref.seal where hash = ?)";

  private record End(
      long number,
      @Nullable Integer revision,
      @Nullable Long action,
      long waiting,
      @Nullable OffsetDateTime removed) {
    /**
     * The breach of a revision or action that should be in the chain, but is not; null for none.
     */
    private @Nullable Breach added() {
      if (revision != null) {
        return new Breach(Kind.REVISION_ADDED, revision, Link.REVISIONS, null);
      }
      return action == null
          ? null
          : new Breach(Kind.ACTION_ADDED, null, Link.ACTIONS, action.toString());
    }
  }

  private final Connection connection;

  /**
   * @param connection in a transaction of its own at isolation level repeatable read, so that
   *     nothing is written meanwhile
   */
  public AuditChain(Connection connection) throws SQLException {
    this.connection = connection;
    // The same settings as in ref.seal_revisions: the texts that are hashed depend on them.
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
   * @param most how many revisions and links of actions to verify at most
   * @param rows no more are begun after so many audit rows
   */
  public Verification verify(long after, @Nullable String head, int most, long rows)
      throws SQLException {
    List<Link> links = Link.after(connection, after, most, rows);
    End end = end();
    Breach breach = null;
    if (head != null && !knows(head)) {
      breach = new Breach(Kind.HEAD_UNKNOWN, null, Link.SEALS, null);
    } else if (after > end.number()) {
      // The place was in the chain once.
      breach = new Breach(Kind.SEAL_REMOVED, null, Link.SEALS, null);
    }
    int whole = 0;
    while (whole < links.size() && links.get(whole).breach() == null) {
      whole++;
    }
    AuditTables tables = AuditTables.read(connection);
    if (breach == null && whole > 0) {
      breach = tables.firstBreach(revisions(links.subList(0, whole)));
    }
    if (breach == null && whole < links.size()) {
      breach = links.get(whole).breach();
    }
    long reached = links.isEmpty() ? after : links.get(links.size() - 1).number();
    boolean ended = links.isEmpty() || reached >= end.number();
    if (breach == null && ended) {
      breach = end.added() == null ? tables.stray() : end.added();
    }
    List<Link> verified = links.subList(0, whole);
    return new Verification(
        revisions(verified).size(),
        verified.stream().mapToLong(Link::rows).sum(),
        verified.stream().filter(Link::begins).count(),
        end.removed() == null ? null : end.removed().toInstant(),
        end.waiting(),
        breach,
        verified.isEmpty() ? null : verified.get(whole - 1).hash(),
        ended || breach != null ? null : reached);
  }

  private static List<Integer> revisions(List<Link> links) {
    return links.stream().map(Link::revision).filter(Objects::nonNull).toList();
  }

  private End end() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(END);
        ResultSet row = query.executeQuery()) {
      row.next();
      return new End(
          row.getLong("number"),
          row.getObject("revision", Integer.class),
          row.getObject("action", Long.class),
          row.getLong("waiting"),
          row.getObject("removed", OffsetDateTime.class));
    }
  }
}
