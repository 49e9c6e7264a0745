package io.refdata.db.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the audit tables with the fingerprints of their rows. */
final class AuditTables {
  /** A name as SQL has it, and the columns that later revisions write into earlier rows. */
  private record AuditTable(String name, Array derived) {}

  private static final String TABLES =
      """
      select /* AuditTables.read */ format('%I.%I', n.nspname, c.relname),
             array(select a.attname::text from pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                      and (a.attgenerated <> '' or a.attname = 'revend' or a.attname like '%\\_until'))
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and c.relname like '%\\_aud' and n.nspname in ('ref', 'raw', 'curated')
         and c.relowner = (select o.relowner from pg_class o where o.oid = 'ref.revision'::regclass)
       order by 1
      """;

  /**
   * The same fingerprints as {@code ref.seal_revisions} makes, which somebody may have replaced.
   */
  private static final String FIRST_DIFFERENCE =
      """
      select /* AuditTables.difference */ rev, s.fingerprints, c.fingerprints, array_position(?, rev)
        from (select f.rev, f.block, f.fingerprints
                from ref.sealed_state f
               where f.audit = ? and f.rev = any (?)) s
        full join (
              select a.rev, a.id >> 12 as block,
                     string_agg(int4send(a.id) || sha256(convert_to((jsonb_strip_nulls(to_jsonb(a)) - ?)::text, 'UTF8')),
                                ''::bytea order by a.id) as fingerprints
                from %s a
               where a.rev = any (?)
               group by a.rev, a.id >> 12) c using (rev, block)
       where s.fingerprints is distinct from c.fingerprints
       order by 4, block
       limit 1
      """;

  private static final String GONE =
      """
      select /* AuditTables.gone */ f.rev, f.audit, array_position(?, f.rev)
        from ref.sealed_state f
       where f.rev = any (?) and f.audit <> all (?)
       order by 3, f.audit
       limit 1
      """;

  private static final String STRAY =
      """
      select /* AuditTables.stray */ a.rev, a.id
        from %s a
       where not exists (select from ref.revision r where r.rev = a.rev)
       order by a.rev, a.id
       limit 1
      """;

  private static final String ITEM =
      """
      select /* AuditTables.item */ to_jsonb(a) ->> 'code'
        from %s a
       where a.id = ?
       order by a.rev desc
       limit 1
      """;

  private final Connection connection;
  private final List<AuditTable> tables;

  private AuditTables(Connection connection, List<AuditTable> tables) {
    this.connection = connection;
    this.tables = tables;
  }

  static AuditTables read(Connection connection) throws SQLException {
    List<AuditTable> tables = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(TABLES);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        tables.add(new AuditTable(rows.getString(1), rows.getArray(2)));
      }
    }
    return new AuditTables(connection, tables);
  }

  private record Found(int place, Breach breach) {}

  /**
   * The first row of the revisions that is not as it was sealed; null if all are.
   *
   * @param revisions their numbers, in the order of the chain
   */
  @Nullable Breach firstBreach(List<Integer> revisions) throws SQLException {
    Array sought = connection.createArrayOf("integer", revisions.toArray());
    Found first = gone(sought);
    for (AuditTable table : tables) {
      Found found = difference(table, sought);
      if (found != null && (first == null || found.place() < first.place())) {
        first = found;
      }
    }
    return first == null ? null : first.breach();
  }

  private @Nullable Found difference(AuditTable table, Array sought) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(FIRST_DIFFERENCE.formatted(table.name()))) {
      query.setArray(1, sought);
      query.setString(2, table.name());
      query.setArray(3, sought);
      query.setArray(4, table.derived());
      query.setArray(5, sought);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        Difference difference =
            Difference.between(
                new Fingerprints(row.getBytes(2)), new Fingerprints(row.getBytes(3)));
        String item = item(table, difference.id());
        return new Found(
            row.getInt(4), new Breach(difference.kind(), row.getInt(1), table.name(), item));
      }
    }
  }

  /** Fingerprints of a table that is not there any more. */
  private @Nullable Found gone(Array sought) throws SQLException {
    Object[] names = tables.stream().map(AuditTable::name).toArray();
    try (PreparedStatement query = connection.prepareStatement(GONE)) {
      query.setArray(1, sought);
      query.setArray(2, sought);
      query.setArray(3, connection.createArrayOf("text", names));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? new Found(
                row.getInt(3),
                new Breach(Breach.Kind.STATE_REMOVED, row.getInt(1), row.getString(2), null))
            : null;
      }
    }
  }

  /** A row of a revision that does not exist; null if there is none. */
  @Nullable Breach stray() throws SQLException {
    for (AuditTable table : tables) {
      try (PreparedStatement query = connection.prepareStatement(STRAY.formatted(table.name()));
          ResultSet row = query.executeQuery()) {
        if (row.next()) {
          String item = item(table, row.getInt(2));
          return new Breach(Breach.Kind.STATE_ADDED, row.getInt(1), table.name(), item);
        }
      }
    }
    return null;
  }

  private String item(AuditTable table, int id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ITEM.formatted(table.name()))) {
      query.setInt(1, id);
      try (ResultSet row = query.executeQuery()) {
        String code = row.next() ? row.getString(1) : null;
        return code == null ? "id " + id : code;
      }
    }
  }
}
