package io.refdata.persistence.feature;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.ResolvedSource;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.revision.AuditRows;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queries for series, their values, and the states of their entities. */
final class SourceSql {
  private final FeaturePlan plan;

  SourceSql(FeaturePlan plan) {
    this.plan = plan;
  }

  /** Adds the query for the series of all sources in one dataset. */
  void addSeries(Text text, int dataset, int limit) {
    FeatureDataset of = plan.datasets().get(dataset);
    text.add(
        "select s.id, s.rev, s.dimensions, s.first, s.last from curated.series s where s.dataset_id"
            + " = ?",
        of.id());
    String[] entities =
        plan.definition().entities().stream().map(code -> code.value()).toArray(String[]::new);
    if (entities.length > 0) {
      text.add(" and s.dimensions && ?::text[]", (Object) entities);
      text.add(" and s.dimensions[%d] = any(?)".formatted(entity(dataset) + 1), (Object) entities);
    }
    String or = " and (";
    for (ResolvedSource source : plan.sources()) {
      if (source.dataset() == dataset) {
        text.add(or).add(codes(source));
        or = " or ";
      }
    }
    text.add(") order by s.id limit ?", limit);
  }

  private static Text codes(ResolvedSource source) {
    Text text = new Text().add("(true");
    for (int i = 0; i < source.codes().size(); i++) {
      String code = source.codes().get(i);
      if (code != null) {
        text.add(" and s.dimensions && array[cast(? as text)]", code);
        text.add(" and s.dimensions[%d] = ?".formatted(i + 1), code);
      }
    }
    return text.add(")");
  }

  /** The position of the entity among the dimensions of a dataset. */
  int entity(int dataset) {
    if (dataset == 0) {
      FeatureDataset main = plan.main();
      for (int i = 0; i < main.dimensions().size(); i++) {
        if (main.dimensions().get(i).code().equals(plan.definition().entity())) {
          return i;
        }
      }
      throw new IllegalStateException("A plan without an entity");
    }
    return plan.sources().stream()
        .filter(source -> source.dataset() == dataset)
        .findFirst()
        .orElseThrow()
        .codes()
        .indexOf(null);
  }

  /** Adds the query for the states of all entities that have a series. */
  void addStates(Text text, int limit) {
    ItemType<?> type = Objects.requireNonNull(plan.type());
    text.add("select a.code, a.rev, a.revend");
    for (Property property : plan.properties()) {
      text.add(", " + column(property));
    }
    text.add(" from " + AuditRows.table(type) + " a where a.revtype <> 2 and a.code in (");
    addEntities(text, limit);
    text.add(") limit ?", limit);
  }

  /** Adds the query for the instants at which an entity was written last. */
  void addChanges(Text text, int limit, @Nullable Object until) {
    ItemType<?> type = Objects.requireNonNull(plan.type());
    text.add(
        "select max(r.at) from "
            + AuditRows.table(type)
            + " a join ref.revision r on r.rev = a.rev"
            + " where r.at <= coalesce(cast(? as timestamptz), 'infinity') and a.code in (",
        until);
    addEntities(text, limit);
    text.add(")");
  }

  private void addEntities(Text text, int limit) {
    text.add("select x.dimensions[%d] from (".formatted(entity(0) + 1));
    addSeries(text, 0, limit);
    text.add(") x");
  }

  private static String column(Property property) {
    return property.kind() == PropertyKind.REFERENCE
        ? "(select r.code from %s r where r.id = a.%s order by r.rev limit 1)"
            .formatted(AuditRows.table(Catalogue.of(property.target())), property.column())
        : "a." + property.column();
  }

  /** Adds the query for all values of some series that there ever were, present and past. */
  static void addVersions(Text text, int dataset, Integer[] series, List<Partition> partitions) {
    text.add(
        "select o.series_id, o.time, o.value, o.rev, null::integer as superseded_by from "
            + LeafTables.values(partitions)
            + " o where o.dataset_id = ? and o.series_id = any(?)"
            + " union all select o.series_id, o.time, o.value, o.rev, o.superseded_by from "
            + LeafTables.vintages(partitions)
            + " o where o.dataset_id = ? and o.series_id = any(?)",
        dataset,
        series,
        dataset,
        series);
  }
}
