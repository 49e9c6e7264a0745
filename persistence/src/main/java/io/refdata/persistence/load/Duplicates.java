package io.refdata.persistence.load;

import org.jdbi.v3.core.Handle;

/** Of what a file says twice the first counts; the rest is refused. */
final class Duplicates {
  private Duplicates() {}

  /**
   * Takes duplicates out of the staged rows.
   *
   * @param key the columns that identify what a row speaks of
   * @return how many there were
   * @throws LoadRefused if the load then has refused more than it may
   */
  static long refuse(Handle handle, StagingTables staging, Load load, String key) {
    boolean none =
        handle
            .createQuery(
                "select not exists (select from %s group by %s having count(*) > 1)"
                    .formatted(staging.rows(), key))
            .mapTo(Boolean.class)
            .one();
    if (none) {
      return 0;
    }
    boolean cells = key.startsWith("series_id");
    long duplicates =
        handle
            .createUpdate(
                """
                with ranked as (
                  select ctid, row_number() over (partition by %2$s order by line%4$s) as place from %1$s),
                refused as (
                  delete from %1$s r
                   using ranked
                   where ranked.ctid = r.ctid and ranked.place > 1
                  returning r.*)
                insert into staging.reject (load_id, line, header, code, reason, raw)
                select :load, r.line, %5$s, 'DUPLICATE_IN_FILE', 'an earlier line says it already', %6$s
                  from refused r
                  %3$s
                """
                    .formatted(
                        staging.rows(),
                        key,
                        cells ? "left join " + staging.columns() + " c on c.col = r.col" : "",
                        cells ? ", col" : "",
                        cells ? "c.header" : "null",
                        cells ? "coalesce(r.value::text, '')" : "r.code"))
            .bind("load", load.id())
            .execute();
    refuseIfTooMany(load, load.rows().rejected() + duplicates, load.rows().read());
    return duplicates;
  }

  /** A load that refuses more than it may is not merged. */
  static void refuseIfTooMany(Load load, long rejected, long read) {
    if (read > 0 && (double) rejected / read > load.maxRejectRatio()) {
      throw new LoadRefused(
          "%d of %d rows were refused, more than the part of %s that maxRejectRatio allows; see the rejects."
              .formatted(rejected, read, load.maxRejectRatio()));
    }
  }
}
