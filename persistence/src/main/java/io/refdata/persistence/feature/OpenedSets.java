package io.refdata.persistence.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeatureDataset.Predecessor;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.place.EnrichmentDefinition;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * Opens versions of feature sets for reading. One statement finds the version, marks it as read,
 * and describes its datasets. Not to be called in a transaction.
 */
@Dependent
public class OpenedSets {
  private static final String NAME = "OpenedSets.open";
  private static final String NOT_PAST = "22008";

  /** A writer that comes between is over after one of them. */
  private static final int MOST_TRIES = 5;

  /**
   * First waits until all is there that was recorded by the instant. Then reads the states of the
   * set; who writes the newest one now is waited for, and if the version has changed then, it is
   * not fixed, nor marked.
   */
  private static final String OPEN =
      """
      select s.at, ref.revision_as_of(0, s.at) as rev
        from (select coalesce(cast(? as timestamptz), clock_timestamp() - interval '1 microsecond') as at) s;
      with asked as (
        select cast(? as text) as code, cast(? as integer) as number, cast(? as timestamptz) as at),
      until as (
        select case when q.at is null then 2147483647
                    else coalesce((select r.rev from ref.revision r
                                    where r.topic = 0 and r.at <= q.at
                                    order by r.at desc, r.rev desc
                                    limit 1), 0)
               end as rev
          from asked q),
      head as (
        select a.code, a.number, a.revtype
          from curated.feature_set_aud a, asked q, until u
         where a.code = q.code and a.rev <= u.rev
         order by a.rev desc
         limit 1),
      found as (
        select a.code, a.number, a.name, a.definition
          from curated.feature_set_aud a, head h, asked q, until u
         where h.revtype <> 2 and a.revtype <> 2 and a.code = h.code and a.rev <= u.rev
           and a.number = coalesce(q.number, h.number)
         order by a.rev desc
         limit 1),
      held as materialized (
        select f.number, f.definition
          from curated.feature_set f, found d
         where f.code = d.code
           for share of f),
      fixed as (
        select d.code, d.number, d.definition
          from found d
         where exists (select from held f where f.number = d.number and f.definition = d.definition)
            or not exists (select from held f where f.number = d.number)
               and not exists (select from curated.feature_set f where f.code = d.code and f.number = d.number)),
      marked as (
        insert into curated.feature_set_read (code, number, definition)
        select f.code, f.number, f.definition from fixed f
        on conflict do nothing)
      select d.number, d.name, d.definition, exists (select from fixed) as fixed,
             (select json_agg(json_build_object(
                       'id', s.id, 'code', s.code, 'frequency', s.frequency,
                       'codes', s.dimension_codes, 'values', s.dimension_values,
                       'predecessors', (
                         select json_agg(json_build_object('created', p.created, 'deleted', p.deleted))
                           from (select min(c.rev) as created, max(c.revend) as deleted
                                   from curated.dataset_aud c
                                  where c.code = s.code and c.id <> s.id and c.revtype <> 2
                                  group by c.id) p)))
                from curated.dataset s
               where s.code in (
                     select d.definition::jsonb #>> '{dataset}'
                     union select d.definition::jsonb #>> '{dataset,code}'
                     union select x #>> '{}' from jsonb_path_query(d.definition::jsonb, '$.features[*].series') x
                     union select x #>> '{}' from jsonb_path_query(d.definition::jsonb, '$.features[*].series.code') x)) as datasets
        from found d
      """;

  private final Jdbi jdbi;

  @Inject
  public OpenedSets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A version as it is stored. */
  private record Found(
      int number, String name, String definition, boolean fixed, @Nullable String datasets) {}

  /**
   * Opens a version.
   *
   * @param number the version; null for the newest at that instant
   * @param asOf the instant as of which it is read; null for now
   * @return empty if the instant is not past
   * @throws NoSuchItem if there was no such set or version
   * @throws FeatureSetOutdated if a dataset is not there any more, or has other dimensions
   * @throws ResourceBusy if it is written all the time
   */
  public Optional<Opened> open(Code code, @Nullable Integer number, @Nullable Instant asOf) {
    return jdbi.withHandle(handle -> open(handle, code, number, asOf));
  }

  private static Optional<Opened> open(
      Handle handle, Code code, @Nullable Integer number, @Nullable Instant asOf) {
    try {
      for (int tries = 1; tries <= MOST_TRIES; tries++) {
        Opened opened = openOnce(handle, code, number, asOf);
        if (opened != null) {
          return Optional.of(opened);
        }
      }
    } catch (SQLException e) {
      if (NOT_PAST.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw new ResultSetException("Opening a feature set", e, null);
    }
    throw ResourceBusy.changed(code);
  }

  private static @Nullable Opened openOnce(
      Handle handle, Code code, @Nullable Integer number, @Nullable Instant asOf)
      throws SQLException {
    OffsetDateTime at = asOf == null ? null : asOf.atOffset(ZoneOffset.UTC);
    try (PreparedStatement statement =
        handle.getConnection().prepareStatement(StatementName.tag(OPEN, NAME))) {
      statement.setObject(1, at, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setString(2, code.value());
      statement.setObject(3, number, Types.INTEGER);
      statement.setObject(4, at, Types.TIMESTAMP_WITH_TIMEZONE);
      Instant settled;
      int references;
      try (ResultSet rows = Statements.queryAll(NAME, statement)) {
        rows.next();
        settled = rows.getObject(1, OffsetDateTime.class).toInstant();
        references = rows.getInt(2);
      }
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        if (!rows.next()) {
          throw new NoSuchItem(
              "feature-sets", number == null ? code.value() : code + ", version " + number);
        }
        Found found =
            new Found(
                rows.getInt(1),
                rows.getString(2),
                rows.getString(3),
                rows.getBoolean(4),
                rows.getString(5));
        return found.fixed() || asOf != null
            ? opened(code, found, asOf, settled, references)
            : null;
      }
    }
  }

  private static Opened opened(
      Code code, Found found, @Nullable Instant asOf, Instant settled, int references) {
    ObjectNode tree = DefinitionJson.tree(found.definition());
    if (!EnrichmentJson.isOne(tree)) {
      return new OpenedSet(
          code, found.number(), found.name(), plan(code, found), asOf, settled, references);
    }
    List<Fault> faults = new ArrayList<>();
    EnrichmentDefinition definition = EnrichmentJson.read(tree, faults);
    if (definition == null) {
      throw new FeatureSetOutdated(code, faults);
    }
    return new OpenedEnrichment(
        code, found.number(), found.name(), definition, asOf, settled, references);
  }

  private static FeaturePlan plan(Code code, Found found) {
    Map<Code, FeatureDataset> known = datasets(found.datasets());
    List<Fault> faults = new ArrayList<>();
    FeatureSetDefinition definition =
        DefinitionJson.read(
            DefinitionJson.tree(found.definition()),
            dataset -> Optional.ofNullable(known.get(dataset)).map(FeatureDataset::frequency),
            faults);
    FeaturePlan plan = definition == null ? null : FeaturePlan.of(definition, known, faults);
    if (plan == null) {
      throw new FeatureSetOutdated(code, faults);
    }
    return plan;
  }

  private static Map<Code, FeatureDataset> datasets(@Nullable String json) {
    Map<Code, FeatureDataset> datasets = new HashMap<>();
    try {
      for (JsonNode one : Json.MAPPER.readTree(json == null ? "[]" : json)) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < one.path("codes").size(); i++) {
          dimensions.add(
              new Dimension(
                  new Code(one.path("codes").path(i).asText()),
                  one.path("values").path(i).asText()));
        }
        Code code = new Code(one.path("code").asText());
        datasets.put(
            code,
            new FeatureDataset(
                one.path("id").asInt(),
                code,
                Frequency.valueOf(one.path("frequency").asText()),
                dimensions,
                predecessors(one.path("predecessors"))));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database wrote no JSON", e);
    }
    return datasets;
  }

  private static List<Predecessor> predecessors(JsonNode json) {
    List<Predecessor> predecessors = new ArrayList<>();
    for (JsonNode one : json) {
      predecessors.add(new Predecessor(one.path("created").asInt(), one.path("deleted").asInt()));
    }
    return predecessors;
  }
}
