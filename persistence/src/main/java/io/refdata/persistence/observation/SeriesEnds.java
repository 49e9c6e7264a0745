package io.refdata.persistence.observation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationSql.Span;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.partition.Partition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SQL for the first or last observations of each of some series. Nearly every series has as many as
 * requested in the partitions at its end, so one look-up in these finds them. Only for a series
 * that lacks some there, because values are missing or did not exist yet as of the revision, the
 * other partitions are read too.
 */
final class SeriesEnds {
  private final ObservationSql query;
  private final Frequency frequency;
  private final Ends ends;

  /** The series by the partitions at their end. */
  private final Map<List<Partition>, List<Integer>> byEnd = new LinkedHashMap<>();

  /** The series that may have further observations in other partitions. */
  private final List<Integer> longer = new ArrayList<>();

  private SeriesEnds(ObservationSql query, Frequency frequency, Ends ends) {
    this.query = query;
    this.frequency = frequency;
    this.ends = ends;
  }

  /** Adds the rows {@code (series_id, time, value, status, rev)}. */
  static void add(ObservationSql query, Frequency frequency, Ends ends, List<Series> series) {
    SeriesEnds added = new SeriesEnds(query, frequency, ends);
    series.forEach(added::group);
    added.addRows();
  }

  private void group(Series series) {
    query.span(series).ifPresent(span -> group(series.id(), span));
  }

  private void group(int series, Span span) {
    List<Partition> all = query.partitions(span);
    if (!all.isEmpty()) {
      List<Partition> end = atEnd(all, span);
      byEnd.computeIfAbsent(end, partitions -> new ArrayList<>()).add(series);
      if (end.size() < all.size()) {
        longer.add(series);
      }
    }
  }

  /** The partitions from the end on that have room for the requested number of periods. */
  private List<Partition> atEnd(List<Partition> all, Span span) {
    List<Partition> ordered = new ArrayList<>(all);
    if (ends.latest()) {
      Collections.reverse(ordered);
    }
    long periods = 0;
    int size = 0;
    while (size < ordered.size() && periods < ends.count()) {
      periods += periods(ordered.get(size++), span);
    }
    return ordered.subList(0, size);
  }

  private long periods(Partition partition, Span span) {
    return frequency.atMost(
        partition.lower().isAfter(span.from()) ? partition.lower() : span.from(),
        partition.upper().isBefore(span.before()) ? partition.upper() : span.before());
  }

  private void addRows() {
    if (byEnd.isEmpty()) {
      query.addNothing();
      return;
    }
    query.add("with near as materialized (");
    String separator = "";
    for (Map.Entry<List<Partition>, List<Integer>> group : byEnd.entrySet()) {
      query
          .add(
              separator + "select n.* from unnest(?) as k(id) cross join lateral (",
              ids(group.getValue()))
          .add("select e.* from (")
          .addAsOf(group.getKey(), "= k.id")
          .add(") e" + ends.orderAndLimit(), ends.count())
          .add(") n");
      separator = " union all ";
    }
    query.add(")");
    if (longer.isEmpty()) {
      query.add(" select e.* from near e");
    } else {
      addLacking();
    }
  }

  private void addLacking() {
    query
        .add(", lacking as materialized (select k.id from unnest(?) as k(id)", ids(longer))
        .add(" left join near e on e.series_id = k.id")
        .add(" group by k.id having count(e.series_id) < ?)", ends.count())
        .add(" select e.* from near e")
        .add(" where not exists (select from lacking l where l.id = e.series_id)")
        .add(" union all select n.* from lacking k cross join lateral (")
        .addEnds(ends, "= k.id")
        .add(") n");
  }

  private static Object ids(List<Integer> ids) {
    return ids.toArray(Integer[]::new);
  }
}
