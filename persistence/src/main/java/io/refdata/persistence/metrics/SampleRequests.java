package io.refdata.persistence.metrics;

import io.refdata.persistence.metrics.duration.Durations;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Stores how many requests this server answered since the last time, and how fast, by address. Each
 * server stores its own, so this is no task that one of them does. What cannot be stored, because
 * the database is away, is stored with the next sample; if the connection is lost while it is
 * stored, a sample may be stored twice.
 */
@ApplicationScoped
public class SampleRequests implements MetricSource {
  private final Jdbi jdbi;
  private final RequestDurations requests;
  private final String node;

  /** The counts that are in samples already. */
  private final Map<RequestLabels, long[]> stored = new HashMap<>();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  SampleRequests() {
    this(null);
  }

  @Inject
  public SampleRequests(Jdbi jdbi) {
    this(jdbi, RequestDurations.REQUESTS, Setting.NODE.text());
  }

  SampleRequests(Jdbi jdbi, RequestDurations requests, String node) {
    this.jdbi = jdbi;
    this.requests = requests;
    this.node = node;
  }

  /** The requests of one address since the last sample. */
  private static final class Sample {
    private final long[] buckets = new long[Durations.buckets()];
    private long all;
    private long errors;

    void add(RequestLabels kind, long[] counts, long[] before) {
      for (int i = 0; i < counts.length; i++) {
        long added = counts[i] - before[i];
        all += added;
        if (kind.isError()) {
          errors += added;
        } else {
          buckets[i] += added;
        }
      }
    }
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public Duration every() {
    return Setting.REQUESTS_SAMPLED.time();
  }

  /** Gives nothing: samples are for those who look back, and others give the metrics of now. */
  @Override
  public void collect(MetricSheet sheet) {}

  @Override
  public synchronized void sample() {
    Map<RequestLabels, long[]> now = new HashMap<>();
    Map<String, Sample> samples = new TreeMap<>();
    requests
        .all()
        .forEach(
            (kind, durations) -> {
              long[] counts = durations.counts();
              now.put(kind, counts);
              samples
                  .computeIfAbsent(kind.uri(), added -> new Sample())
                  .add(kind, counts, stored.getOrDefault(kind, new long[counts.length]));
            });
    samples.values().removeIf(sample -> sample.all == 0);
    if (!samples.isEmpty()) {
      jdbi.useTransaction(handle -> insert(handle, samples));
    }
    stored.putAll(now);
  }

  private void insert(Handle handle, Map<String, Sample> samples) {
    SampleReads.bound(handle);
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into performance_monitoring.request_sample (requests, errors, node, route, buckets)
            values (:requests, :errors, :node, :route, :buckets)
            """);
    samples.forEach(
        (route, sample) ->
            batch
                .bind("requests", sample.all)
                .bind("errors", sample.errors)
                .bind("node", node)
                .bind("route", route)
                .bindArray("buckets", Long.class, Arrays.stream(sample.buckets).boxed().toList())
                .add());
    batch.execute();
  }
}
