package io.refdata.persistence.quality;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.ExaminedSeries;
import io.refdata.domain.quality.ExaminedSeries.Origin;
import io.refdata.domain.quality.Medians;
import io.refdata.domain.quality.QualityFigures.Revisions;
import io.refdata.persistence.partition.LeafTables;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.PartitionTables;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.SqlText;
import io.refdata.settings.Setting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The series of a dataset as of the revision of a load, with what the load wrote. If they are too
 * much to read, some are read: first those that the load wrote to, then others, always the same
 * ones.
 *
 * @param total the number of series that the dataset has
 * @param read those that were read
 * @param revisions what the load wrote to them
 */
record LoadedSeries(long total, List<ExaminedSeries> read, Revisions revisions) {
  private static final int ROWS_AT_A_TIME = 2_000;

  /** The bytes of the heap: a read takes at most about a tenth of a small one, beside a load. */
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  private static final SqlText SERIES =
      SqlText.of(
          """
          with touched as (
            select o.series_id from <values> o where o.dataset_id = :dataset and o.rev = :rev
             union
            select o.series_id from <vintages> o where o.dataset_id = :dataset and o.rev = :rev),
          ordered as (
            select s.id, s.key, s.observations, coalesce(s.latest, s.last) as last, count(*) over () as series,
                   row_number() over chosen as place, sum(s.observations) over chosen as total
              from curated.series s
              left join touched t on t.series_id = s.id
             where s.dataset_id = :dataset and s.rev <= :rev
            window chosen as (order by t.series_id is null, hashint4(s.id), s.id))
          select id, key, last, series from ordered
           where total - observations < :most and place <= :series
          """);

  private static final SqlText VALUES =
      SqlText.of(
          """
          select a.series_id, a.time, a.value, a.rev = :rev as written, o.series_id is not null as revised, o.value as old
            from (select o.series_id, o.time, o.value, o.rev from <values> o
                   where o.dataset_id = :dataset and o.rev <= :rev and o.series_id = any (:series) and o.time >= :from
                  union all
                  select o.series_id, o.time, o.value, o.rev from <superseded> o
                   where o.dataset_id = :dataset and o.rev <= :rev and o.superseded_by > :rev
                     and o.series_id = any (:series) and o.time >= :from) a
            left join <vintages> o
              on a.rev = :rev and o.superseded_by = :rev
                 and o.dataset_id = :dataset and o.series_id = a.series_id and o.time = a.time
           order by a.series_id, a.time
          """);

  private record Chosen(int id, String key, @Nullable Instant last, long series) {
    private static Chosen read(ResultSet row) throws SQLException {
      OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
      return new Chosen(
          row.getInt("id"),
          row.getString("key"),
          last == null ? null : last.toInstant(),
          row.getLong("series"));
    }
  }

  /** Reads them, in one snapshot. */
  static LoadedSeries read(Jdbi jdbi, PendingLoad load) {
    return Snapshot.ask(
        jdbi,
        handle -> {
          handle
              .createQuery("select set_config('statement_timeout', :most, true)")
              .bind("most", Setting.QUALITY_TIME.time().toMillis() + "ms")
              .mapTo(String.class)
              .one();
          List<Partition> partitions = new PartitionTables(handle, load.dataset()).find().all();
          return read(handle, load, partitions);
        });
  }

  private static LoadedSeries read(Handle handle, PendingLoad load, List<Partition> partitions) {
    List<Partition> written =
        partitions.stream().filter(each -> each.isWrittenAfter(load.rev() - 1)).toList();
    List<Chosen> chosen =
        handle
            .createQuery(
                SERIES
                    .with("values", LeafTables.values(written))
                    .with("vintages", LeafTables.vintages(written))
                    .text())
            .bind("dataset", load.dataset())
            .bind("rev", load.rev())
            .bind("most", Math.min(Setting.QUALITY_OBSERVATIONS.number(), HEAP / 512))
            .bind("series", Math.min(Setting.QUALITY_SERIES.number(), HEAP / 16_384))
            .map((row, context) -> Chosen.read(row))
            .list();
    if (chosen.isEmpty()) {
      return new LoadedSeries(0, List.of(), new Revisions(0, 0, null, null));
    }
    Reading reading = new Reading(load.frequency(), chosen);
    handle
        .createQuery(
            VALUES
                .with("values", LeafTables.values(partitions))
                .with(
                    "superseded",
                    LeafTables.vintages(
                        partitions.stream()
                            .filter(each -> each.isSupersededAfter(load.rev()))
                            .toList()))
                .with(
                    "vintages",
                    LeafTables.vintages(
                        written.stream()
                            .filter(each -> each.isSupersededAfter(load.rev() - 1))
                            .toList()))
                .text())
        .setFetchSize(ROWS_AT_A_TIME)
        .bind("dataset", load.dataset())
        .bind("rev", load.rev())
        .bind("from", from(load.frequency(), chosen).atOffset(ZoneOffset.UTC))
        .bindArray("series", Integer.class, chosen.stream().map(Chosen::id).toList())
        .map((row, context) -> reading.add(row))
        .forEach(row -> {});
    return new LoadedSeries(
        chosen.get(0).series(), List.copyOf(reading.series.values()), reading.revisions());
  }

  /** The first period that is looked at. */
  private static Instant from(Frequency frequency, List<Chosen> chosen) {
    Instant last =
        chosen.stream()
            .map(Chosen::last)
            .filter(instant -> instant != null)
            .reduce(Instant.EPOCH, (a, b) -> a.isAfter(b) ? a : b);
    Instant from = frequency.startOf(frequency.number(last) - Setting.QUALITY_PERIODS.number() + 1);
    Instant first = Frequency.startOf("0001").orElseThrow();
    return from.isBefore(first) ? first : from;
  }

  /** Takes rows by series and time. */
  private static final class Reading {
    private final Map<Integer, ExaminedSeries> series = new LinkedHashMap<>();
    private final DoubleStream.Builder changes = DoubleStream.builder();
    private final Frequency frequency;
    private long written;
    private long revised;

    private Reading(Frequency frequency, List<Chosen> chosen) {
      this.frequency = frequency;
      chosen.forEach(one -> series.put(one.id(), new ExaminedSeries(one.id(), one.key())));
    }

    private boolean add(ResultSet row) throws SQLException {
      double value = row.getDouble("value");
      boolean missing = row.wasNull();
      Origin origin =
          !row.getBoolean("written")
              ? Origin.BEFORE
              : row.getBoolean("revised") ? Origin.REVISED : Origin.INSERTED;
      written += origin == Origin.BEFORE ? 0 : 1;
      if (origin == Origin.REVISED) {
        revised++;
        double old = row.getDouble("old");
        if (!row.wasNull() && !missing && old != 0) {
          changes.add(Math.abs((value - old) / old));
        }
      }
      ExaminedSeries one = series.get(row.getInt("series_id"));
      if (!missing && one != null) {
        one.add(
            frequency.number(row.getObject("time", OffsetDateTime.class).toInstant()),
            value,
            origin);
      }
      return missing;
    }

    private Revisions revisions() {
      double[] sizes = changes.build().toArray();
      return sizes.length == 0
          ? new Revisions(written, revised, null, null)
          : new Revisions(
              written, revised, Medians.median(sizes), Arrays.stream(sizes).max().orElseThrow());
    }
  }
}
