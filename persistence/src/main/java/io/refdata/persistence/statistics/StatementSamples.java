package io.refdata.persistence.statistics;

import io.refdata.persistence.sql.StatementTimes;
import io.refdata.persistence.sql.StatementTimes.Call;
import io.refdata.persistence.sql.StatementTimes.Counts;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Stores each minute how long the statements of each name took, as this server measured it, and
 * what {@code pg_stat_statements} counted. There is one for each server: it knows what it has
 * stored.
 */
@ApplicationScoped
public class StatementSamples implements Task {
  private static final double NANOS_A_MILLISECOND = 1e6;

  private final Jdbi jdbi;

  /** The counts that are in samples already. */
  private final Map<String, Counts> stored = new HashMap<>();

  /** The slowest calls that are in no sample yet. */
  private final Map<String, Call> slowest = new HashMap<>();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  StatementSamples() {
    this(null);
  }

  @Inject
  public StatementSamples(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The calls of one name since the last sample. */
  private record Sample(
      String name, Counts all, long nanos, long slow, List<Integer> buckets, List<Long> counts) {
    private static Sample of(String name, Counts all, @Nullable Counts before) {
      List<Integer> buckets = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      for (int i = 0; i < all.buckets().length; i++) {
        long calls = all.buckets()[i] - (before == null ? 0 : before.buckets()[i]);
        if (calls > 0) {
          buckets.add(i);
          counts.add(calls);
        }
      }
      return new Sample(
          name,
          all,
          all.nanos() - (before == null ? 0 : before.nanos()),
          all.slow() - (before == null ? 0 : before.slow()),
          buckets,
          counts);
    }
  }

  @Override
  public String name() {
    return "SAMPLE_STATEMENTS";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(Consumer<Step> done) {
    write();
  }

  /** Stores what was counted since the last sample. */
  public synchronized void write() {
    List<Sample> samples = new ArrayList<>();
    StatementTimes.all()
        .forEach(
            (name, times) -> {
              Sample sample = Sample.of(name, times.counts(), stored.get(name));
              Call call = times.takeSlowest();
              if (call != null) {
                slowest.merge(name, call, (a, b) -> a.nanos() >= b.nanos() ? a : b);
              }
              if (!sample.counts().isEmpty()) {
                samples.add(sample);
              }
            });
    jdbi.useTransaction(
        handle -> {
          insert(handle, samples);
          handle.execute("select performance_monitoring.sample_statements()");
        });
    for (Sample sample : samples) {
      stored.put(sample.name(), sample.all());
      slowest.remove(sample.name());
    }
  }

  private void insert(Handle handle, List<Sample> samples) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into performance_monitoring.statement_sample
              (calls, slow, total_ms, max_ms, slow_at, name, slow_text, buckets, counts)
            values (:calls, :slow, :total, :max, :at, :name, :text, :buckets, :counts)
            """);
    for (Sample sample : samples) {
      Call call = slowest.get(sample.name());
      String text = call == null ? null : call.text();
      batch
          .bind("calls", sample.counts().stream().mapToLong(Long::longValue).sum())
          .bind("slow", sample.slow())
          .bind("total", sample.nanos() / NANOS_A_MILLISECOND)
          .bind("max", call == null ? 0 : call.nanos() / NANOS_A_MILLISECOND)
          .bind("at", call == null || text == null ? null : call.at())
          .bind("name", sample.name())
          .bind("text", text)
          .bindArray("buckets", Integer.class, sample.buckets())
          .bindArray("counts", Long.class, sample.counts())
          .add();
    }
    if (!samples.isEmpty()) {
      batch.execute();
    }
  }
}
