package io.refdata.persistence.feature;

import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.FeatureCutoff;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.settings.Setting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query for the cutoffs of an answer, each with the revisions of the reference data and of all
 * datasets that were known at that instant. The last row set is that of the instant as of which is
 * answered.
 */
final class CutoffSql {
  static final int MOST = (int) Setting.FEATURES_CUTOFFS.number();

  private static final String LAST =
      """
      select max(l.at) as at
        from unnest(?::integer[]) as k(topic)
       cross join lateral (
             select r.at from ref.revision r
              where r.topic = k.topic and r.at <= coalesce(cast(? as timestamptz), 'infinity')
              order by r.at desc, r.rev desc
              limit 1) l\
      """;

  private static final String RECORDED =
      """
      (select r.rev from ref.revision r
        where r.topic = t.topic and r.at <= c.at
        order by r.at desc, r.rev desc
        limit 1)\
      """;

  private static final String EACH =
      """
      (select r.at from ref.revision r
        where r.topic = ? and r.at <= coalesce(cast(? as timestamptz), 'infinity')
        order by r.at desc, r.rev desc
        limit ?)\
      """;

  private final OpenedSet set;
  private final FeaturePlan plan;
  private final boolean published;
  private final PublicationSql publications;

  CutoffSql(OpenedSet set) {
    this.set = set;
    this.plan = set.plan();
    this.published = plan.definition().knownWhen() == KnownWhen.PUBLISHED;
    this.publications = new PublicationSql(at());
  }

  /** The revisions of the cutoffs, and of the answer: those of now have none, as nothing ends. */
  record Read(List<FeatureCutoff> cutoffs, @Nullable FeatureCutoff answer) {}

  /**
   * Adds the query.
   *
   * @param states the query for the instants at which an entity was changed; null if nothing of
   *     them is read
   */
  void add(Text text, Cutoffs cutoffs, @Nullable Text states) {
    text.add("select c.at, c.answer, ");
    if (published) {
      publications.addKnown(text);
    } else {
      text.add(RECORDED);
    }
    text.add(" as rev from (select i.at, false as answer from (");
    if (cutoffs instanceof Cutoffs.Newest && published) {
      publications.addLast(text, datasets());
    } else if (cutoffs instanceof Cutoffs.Newest) {
      text.add("select max(n.at) as at from (").add(LAST, datasets(), at());
      if (states != null) {
        text.add(" union all ").add(states);
      }
      text.add(") n");
    } else if (cutoffs instanceof Cutoffs.EachVintage && published) {
      publications.addEach(text, plan.main().id(), MOST + 1);
    } else if (cutoffs instanceof Cutoffs.EachVintage) {
      text.add(EACH, plan.main().id(), at(), MOST + 1);
    } else {
      text.add("select unnest(?::timestamptz[]) as at", (Object) instants(cutoffs));
    }
    text.add(") i");
    text.add(" union all select cast(? as timestamptz), true) c", at());
    text.add(
        " cross join unnest(?::integer[]) with ordinality as t(topic, position)"
            + " where c.at is not null order by c.answer, c.at, t.position",
        (Object) topics());
  }

  private @Nullable OffsetDateTime at() {
    return set.asOf() == null ? null : set.asOf().atOffset(ZoneOffset.UTC);
  }

  private Integer[] datasets() {
    return plan.datasets().stream().map(FeatureDataset::id).toArray(Integer[]::new);
  }

  /** The reference data, then the datasets. */
  private Integer[] topics() {
    List<Integer> topics = new ArrayList<>(List.of(0));
    plan.datasets().forEach(dataset -> topics.add(dataset.id()));
    return topics.toArray(Integer[]::new);
  }

  /** The instants that are named, as far as all is known that was recorded by then. */
  private OffsetDateTime[] instants(Cutoffs cutoffs) {
    List<Instant> instants =
        cutoffs instanceof Cutoffs.Every every
            ? every.upTo(set.settled(), MOST + 1)
            : cutoffs instanceof Cutoffs.Listed listed ? listed.instants() : List.of();
    return instants.stream()
        .filter(instant -> !instant.isAfter(set.settled()))
        .map(instant -> instant.atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  /** Nobody says when reference data were published: those count as of which is answered. */
  private int references(int recorded) {
    return !published ? recorded : set.asOf() == null ? FeatureReading.NEWEST : set.references();
  }

  /** Reads the result. */
  Read read(ResultSet rows) throws SQLException {
    List<FeatureCutoff> cutoffs = new ArrayList<>();
    FeatureCutoff answer = null;
    int topics = 1 + plan.datasets().size();
    List<Integer> revisions = new ArrayList<>();
    while (rows.next()) {
      revisions.add(rows.getInt(3));
      if (revisions.size() == topics) {
        FeatureCutoff cutoff =
            new FeatureCutoff(
                rows.getObject(1, OffsetDateTime.class).toInstant(),
                references(revisions.get(0)),
                revisions.subList(1, topics));
        if (rows.getBoolean(2)) {
          answer = cutoff;
        } else if (cutoffs.isEmpty() || !cutoffs.get(cutoffs.size() - 1).at().equals(cutoff.at())) {
          cutoffs.add(cutoff);
        }
        revisions.clear();
      }
    }
    return new Read(cutoffs, answer);
  }
}
