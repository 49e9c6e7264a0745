package io.refdata.persistence.feature;

import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.feature.Publications;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The queries for what was published when, of what is recorded by an instant. A revision counts as
 * published at the earlier of {@code published_at} and {@code at}; within a dataset these instants
 * never fall (docs/adr/047).
 */
final class PublicationSql {
  /** The revision of a dataset that stands for all that was published by a cutoff. */
  private static final String KNOWN =
      """
      greatest(
        (select r.rev from ref.revision r
          where r.topic = t.topic and r.at <= least(c.at, coalesce(cast(? as timestamptz), 'infinity'))
          order by r.at desc, r.rev desc
          limit 1),
        (select r.rev from ref.revision r
          where r.topic = t.topic and r.published_at is not null and r.published_at <= c.at
            and r.at <= coalesce(cast(? as timestamptz), 'infinity')
          order by r.published_at desc, r.rev desc
          limit 1))\
      """;

  /** The latest that was recorded has the latest publication. */
  private static final String LAST =
      """
      select max(l.at) as at
        from unnest(?::integer[]) as k(topic)
       cross join lateral (
             select least(r.published_at, r.at) as at from ref.revision r
              where r.topic = k.topic and r.at <= coalesce(cast(? as timestamptz), 'infinity')
              order by r.at desc, r.rev desc
              limit 1) l\
      """;

  /** Loads say when they were published; what says nothing is read no further than is needed. */
  private static final String EACH =
      """
      (select r.at from ref.revision r
        where r.topic = ? and r.at <= coalesce(cast(? as timestamptz), 'infinity')
          and (r.published_at is null or r.published_at >= r.at)
        order by r.at desc, r.rev desc
        limit ?)
      union
      (select r.published_at from ref.revision r
        where r.topic = ? and r.published_at is not null and r.published_at < r.at
          and r.at <= coalesce(cast(? as timestamptz), 'infinity')
        group by r.published_at
        order by r.published_at desc
        limit ?)\
      """;

  /** Those that were published together have one of them that says when. */
  private static final String TOGETHER =
      """
      select r.rev, least(r.published_at, r.at) from ref.revision r
       where r.topic = ? and r.published_at is not null
         and r.at <= coalesce(cast(? as timestamptz), 'infinity')
      union all
      select r.rev, r.at
        from (select distinct p.published_at from ref.revision p
               where p.topic = ? and p.published_at is not null
                 and p.at <= coalesce(cast(? as timestamptz), 'infinity')) s
        join ref.revision r on r.topic = ? and r.at = s.published_at
       where r.published_at is null
      limit ?\
      """;

  private final @Nullable Object at;

  /**
   * @param at the instant by which what counts was recorded; null for now
   */
  PublicationSql(@Nullable OffsetDateTime at) {
    this.at = at;
  }

  /** Adds the revision of topic {@code t} that was known at cutoff {@code c}. */
  void addKnown(Text text) {
    text.add(KNOWN, at, at);
  }

  /** Adds the query for the last publication of any of some datasets. */
  void addLast(Text text, Integer[] datasets) {
    text.add(LAST, datasets, at);
  }

  /** Adds the query for the publications of a dataset, and perhaps some more. */
  void addEach(Text text, int dataset, int limit) {
    text.add(EACH, dataset, at, limit, dataset, at, limit);
  }

  /** Adds the query for the revisions of a dataset that may have been published together. */
  void addTogether(Text text, int dataset, int most) {
    text.add(TOGETHER, dataset, at, dataset, at, dataset, most + 1);
  }

  /**
   * Reads the result of that.
   *
   * @throws UnansweredQuestion if there are more of them
   */
  static Publications readTogether(ResultSet rows, int most) throws SQLException {
    SortedMap<Integer, Instant> published = new TreeMap<>();
    while (rows.next()) {
      if (published.size() == most) {
        throw new UnansweredQuestion(
            "asOf", "must be earlier: a dataset has more than %,d publications".formatted(most));
      }
      published.put(rows.getInt(1), rows.getObject(2, OffsetDateTime.class).toInstant());
    }
    return new Publications(published);
  }
}
