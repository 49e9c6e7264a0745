package io.refdata.persistence.statistics;

import io.refdata.db.Migrations;
import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import io.refdata.server.Health;
import io.refdata.server.Health.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * The version of the schema, which must not be older than this release needs; and the age of the
 * last sample that came from the database.
 */
@ApplicationScoped
public class SchemaMetrics implements MetricSource {
  private static final double NANOS = 1e9;

  private final SampleReads reads;
  private volatile long sampledAt = System.nanoTime();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  SchemaMetrics() {
    this(null);
  }

  @Inject
  public SchemaMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    long version =
        reads.ask(
            handle ->
                handle
                    .createQuery(
                        """
                        select coalesce(max(version::bigint), 0) from public.schema_history
                         where success and version is not null
                        """)
                    .mapTo(Long.class)
                    .one());
    sampledAt = System.nanoTime();
    tell(version);
  }

  /** Somebody may undo migrations; a release after this one may add some. */
  private static void tell(long version) {
    long needed = Migrations.version();
    Map<String, Object> seen = Map.of("version", version, "needed", needed);
    if (version < needed) {
      Health.PLATFORM.down(
          Part.SCHEMA, "the schema has version %d, not %d".formatted(version, needed), seen);
    } else {
      Health.PLATFORM.up(Part.SCHEMA, seen);
    }
  }

  @Override
  public void collect(MetricSheet sheet) {
    sheet.gauge(
        "refdata_sample_age_seconds",
        "The age of the last sample that came from the database",
        (System.nanoTime() - sampledAt) / NANOS);
  }
}
