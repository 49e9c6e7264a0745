package io.refdata.perf.claims;

import io.refdata.perf.gate.Claim;
import java.util.List;
import javax.sql.DataSource;

/** Measures the space of observations and indexes on disk. */
final class StorageClaims {
  private final DataSource source;
  private final String dataset;

  /**
   * @param dataset the dataset whose observations are measured
   */
  StorageClaims(DataSource source, String dataset) {
    this.source = source;
    this.dataset = dataset;
  }

  List<Claim> measure() throws Exception {
    try (PlainSql sql = new PlainSql(source)) {
      return List.of(observations(sql), indexes(sql));
    }
  }

  private Claim observations(PlainSql sql) throws Exception {
    int id = sql.dataset(dataset);
    try (Copies copies = new Copies(sql)) {
      // Columns of eight bytes follow columns of four bytes or texts, so that padding is needed.
      sql.execute(
          """
          create table claims.naive (
            status    text not null,
            id        bigint generated always as identity primary key,
            rev       integer not null,
            time      timestamptz not null,
            dataset   text not null,
            value     double precision,
            indicator text not null
          )
          """,
          """
          insert into claims.naive (status, rev, time, dataset, value, indicator)
          select o.status::text, o.rev, o.time, '%s', o.value, s.key
            from curated.observation_%d o
            join curated.series s on s.id = o.series_id
           order by o.series_id, o.time
          """
              .formatted(dataset, id),
          "create unique index on claims.naive (dataset, indicator, time)");
      double platform =
          sql.number(
              """
              select sum(pg_total_relation_size(relid))
                from pg_partition_tree('curated.observation_%d')
               where isleaf
              """
                  .formatted(id));
      double other = sql.number("select pg_total_relation_size('claims.naive')");
      return new Claim(
          "storage.observations",
          "the platform's own design",
          "Storage: observations with their keys",
          20,
          Figures.percentLess(platform, other),
          "%",
          true,
          Figures.mebibytes(platform),
          Figures.mebibytes(other),
          "Bytes of the partitions of one dataset with their keys, and of the same rows in a table"
              + " with columns in no order, codes as text, a serial key, and a unique index for the"
              + " same look-ups.");
    }
  }

  private static Claim indexes(PlainSql sql) throws Exception {
    String sizes =
        """
        select sum(%s)
          from pg_class c
         where c.relkind = 'r'
           and c.relnamespace::regnamespace::text in ('ref', 'raw', 'staging', 'curated')
        """;
    double indexes = sql.number(sizes.formatted("pg_indexes_size(c.oid)"));
    double all = sql.number(sizes.formatted("pg_total_relation_size(c.oid)"));
    return new Claim(
        "indexes.bytes",
        "sports-odds platform",
        "Indexes: part of all bytes",
        15,
        100 * indexes / all,
        "%",
        false,
        Figures.mebibytes(indexes) + " of " + Figures.mebibytes(all),
        "",
        "Bytes of all indexes, keys included, to those of all tables with their indexes, in the"
            + " platform's schemas.");
  }
}
