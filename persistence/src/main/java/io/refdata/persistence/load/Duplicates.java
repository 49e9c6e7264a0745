package io.refdata.persistence.load;

import org.jdbi.v3.core.Handle;

/** Of what a file says twice the first counts; the rest is refused. */
public final class Duplicates {
  private Duplicates() {}

  /** Takes duplicates out of staged observations, and answers how many there were. */
  static long refuseObservations(Handle handle, long load, StagingTables staging, String table) {
    return refuse(
        handle,
        load,
        table,
        "series_id, time",
        "place",
        """
        select :load, r.place >> 16, c.header, 'DUPLICATE_IN_FILE', 'an earlier line says it already',
               coalesce(r.value::text, '')
          from refused r
          left join %s c on c.col = r.place & 65535
        """
            .formatted(staging.columns()));
  }

  /** Takes duplicates out of staged items, and answers how many there were. */
  public static long refuseItems(Handle handle, long load, StagingTables staging) {
    return refuse(
        handle,
        load,
        staging.rows(),
        "code",
        "line",
        """
        select :load, r.line, null, 'DUPLICATE_IN_FILE', 'an earlier line says it already', r.code
          from refused r
        """);
  }

  private static long refuse(
      Handle handle, long load, String table, String key, String order, String rejects) {
    boolean none =
        handle
            .createQuery(
                "select not exists (select from %s group by %s having count(*) > 1)"
                    .formatted(table, key))
            .mapTo(Boolean.class)
            .one();
    if (none) {
      return 0;
    }
    return handle
        .createUpdate(
            """
            with ranked as (
              select ctid, row_number() over (partition by %2$s order by %3$s) as occurrence from %1$s),
            refused as (
              delete from %1$s r
               using ranked
               where ranked.ctid = r.ctid and ranked.occurrence > 1
              returning r.*)
            insert into staging.reject (load_id, line, header, code, reason, raw)
            %4$s
            """
                .formatted(table, key, order, rejects))
        .bind("load", load)
        .execute();
  }
}
