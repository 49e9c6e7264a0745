package io.refdata.persistence.derivation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.rollup.RolledRegions;
import io.refdata.persistence.bucket.BucketSelection;
import io.refdata.persistence.bucket.KeptRegions;
import io.refdata.persistence.bucket.KeptRegions.Kept;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The longer periods of regions that are worked out from their members, where a rollup keeps them.
 * It keeps them for the members, and the rule, that it was filled with. If the ones that are asked
 * for are others, as of an instant or since a change, or if the data has a series of the region
 * itself, the observations are the answer.
 */
final class KeptWholes implements Observations.Source {
  private final Frequency longer;
  private final Aggregate aggregate;
  private final References references;
  private final Function<Series, Aggregation> rules;

  KeptWholes(Derivation.Resampled resampled, Aggregate aggregate, References references) {
    Aggregation all = resampled.aggregation();
    this.longer = resampled.resampling().target();
    this.aggregate = aggregate;
    this.references = references;
    this.rules = series -> all == null ? references.aggregation(series) : all;
  }

  /** A region's series, as it would be worked out. */
  private record Whole(Aggregation rule, @Nullable String unit, boolean severalUnits) {
    Whole with(Series member) {
      return new Whole(rule, unit, severalUnits || !Objects.equals(unit, member.unit()));
    }
  }

  @Override
  public boolean read(
      Connection connection,
      Dataset dataset,
      List<Series> series,
      Range range,
      Observations.Results results)
      throws SQLException, IOException {
    SeriesSelection selection = references.selection();
    Composition composition = references.composition();
    Set<String> regions =
        selection.named(aggregate.position()).stream()
            .filter(code -> !composition.membersEver(code).isEmpty())
            .collect(Collectors.toSet());
    if (range.since() != null
        || regions.isEmpty()
        || references.observed(series).stream()
            .anyMatch(one -> selection.selects(one.dimensions()))) {
      return false;
    }
    Map<List<String>, Whole> wholes = wholes(series, regions);
    for (KeptRegions kept :
        KeptRegions.find(
            connection,
            new KeptRegions.Wanted(
                Objects.requireNonNull(dataset.id()),
                longer,
                dataset.dimensions().get(aggregate.position()).code().value(),
                regions,
                range.asOf(),
                wholes.keySet().stream().map(whole -> String.join(".", whole)).toList()))) {
      RolledRegions rolled = Objects.requireNonNull(kept.rollup().regions());
      List<Series> selected = rolled.keep(regions, composition) ? selected(kept, wholes) : null;
      if (selected != null) {
        BucketSelection.of(kept.rollup())
            .read(connection, selected, range, rules, (ObservationRows rows) -> results.read(rows));
        return true;
      }
    }
    return false;
  }

  private Map<List<String>, Whole> wholes(List<Series> series, Set<String> regions) {
    Map<List<String>, Whole> wholes = new HashMap<>();
    for (Series one : series) {
      for (String region : regions) {
        List<String> dimensions = new ArrayList<>(one.dimensions());
        String member = dimensions.set(aggregate.position(), region);
        if (references.composition().membersEver(region).contains(member)
            && references.selection().selects(dimensions)) {
          wholes.compute(
              List.copyOf(dimensions),
              (key, whole) ->
                  whole == null
                      ? new Whole(references.rule(aggregate, one), one.unit(), false)
                      : whole.with(one));
        }
      }
    }
    return wholes;
  }

  /** The kept ones of the wanted; null if something is not kept as it is wanted. */
  private static @Nullable List<Series> selected(
      KeptRegions kept, Map<List<String>, Whole> wholes) {
    boolean possible =
        wholes.values().stream()
            .noneMatch(
                whole ->
                    whole.severalUnits()
                        || whole.rule() == Aggregation.FIRST
                        || whole.rule() == Aggregation.LAST);
    List<Series> selected = new ArrayList<>();
    for (Kept one : kept.series()) {
      Whole whole = wholes.get(one.dimensions());
      if (whole != null) {
        possible &= whole.rule() == one.rule();
        selected.add(
            new Series(
                one.id(),
                String.join(".", one.dimensions()),
                one.dimensions(),
                whole.unit(),
                null,
                null));
      }
    }
    return possible ? selected : null;
  }
}
