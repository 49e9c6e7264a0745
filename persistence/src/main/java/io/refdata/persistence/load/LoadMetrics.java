package io.refdata.persistence.load;

import io.refdata.persistence.load.StuckLoads.Progress;
import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import io.refdata.server.Health;
import io.refdata.server.Health.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The loads that ended on this server, and those that are under way on any. */
@ApplicationScoped
public class LoadMetrics implements MetricSource {
  /** Far more than can run at a time. */
  private static final int MOST_AT_WORK = 1_000;

  private final SampleReads reads;
  private final StuckLoads stuck = StuckLoads.ofSettings();
  private volatile @Nullable UnderWay last;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  LoadMetrics() {
    this(null);
  }

  @Inject
  public LoadMetrics(SampleReads reads) {
    this.reads = reads;
  }

  /**
   * The loads under way.
   *
   * @param oldest when the oldest arrived that waits; null if none does
   */
  private record UnderWay(long running, long waiting, long stuck, @Nullable Instant oldest) {}

  private record Waiting(long loads, @Nullable Instant oldest) {}

  private record Looked(Waiting waiting, List<Progress> atWork) {}

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    Looked looked = reads.ask(handle -> new Looked(waiting(handle), atWork(handle)));
    List<Long> without = stuck.look(looked.atWork(), System.nanoTime());
    last =
        new UnderWay(
            looked.atWork().size(),
            looked.waiting().loads(),
            without.size(),
            looked.waiting().oldest());
    tell(without);
  }

  private static Waiting waiting(Handle handle) {
    return handle
        .createQuery(
            """
            select count(*), min(received_at) from raw.load
             where state in ('RECEIVED', 'STAGING', 'MERGING') and not working
            """)
        .map((row, context) -> new Waiting(row.getLong(1), instant(row, 2)))
        .one();
  }

  private static List<Progress> atWork(Handle handle) {
    return handle
        .createQuery(
            """
            select id, state, rows_read, progress, jsonb_array_length(steps) from raw.load
             where state in ('RECEIVED', 'STAGING', 'MERGING') and working
             order by id
             limit :most
            """)
        .bind("most", MOST_AT_WORK)
        .map(
            (row, context) ->
                new Progress(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getInt(5)))
        .list();
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private void tell(List<Long> without) {
    Map<String, Object> seen = Map.of("withoutProgress", without.size());
    if (without.isEmpty()) {
      Health.PLATFORM.up(Part.LOADS, seen);
    } else {
      Health.PLATFORM.down(
          Part.LOADS,
          "load %d has made no progress for %s".formatted(without.get(0), stuck.bound()),
          seen);
    }
  }

  @Override
  public void collect(MetricSheet sheet) {
    LoadCounts.byState()
        .forEach(
            (state, count) ->
                sheet.counter(
                    "refdata_loads",
                    "Loads that ended on this server, dry runs included",
                    count,
                    "status",
                    state.name().toLowerCase(Locale.ROOT)));
    new TreeMap<>(LoadCounts.rows())
        .forEach(
            (outcome, count) ->
                sheet.counter(
                    "refdata_load_rows",
                    "Rows of completed loads, without dry runs",
                    count,
                    "outcome",
                    outcome));
    sheet.durations(
        "refdata_load_seconds",
        "From the begin of staging to the end of the merge of a completed load",
        LoadCounts.durations());
    UnderWay now = last;
    if (now != null) {
      sheet.gauge("refdata_loads_running", "Loads at work, on any server", now.running());
      sheet.gauge("refdata_loads_waiting", "Loads that wait, on any server", now.waiting());
      sheet.gauge(
          "refdata_loads_stuck", "Loads at work that make no progress, on any server", now.stuck());
      sheet.gauge(
          "refdata_load_oldest_waiting_seconds",
          "How long the oldest load that waits has waited; 0 if none does",
          now.oldest() == null ? 0 : age(now.oldest()));
    }
  }

  private static double age(Instant since) {
    return Math.max(0, (Instant.now().toEpochMilli() - since.toEpochMilli()) / 1e3);
  }
}
