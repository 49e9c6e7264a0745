package io.refdata.persistence.statistics;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The seconds for which the longest transaction of a client has been open. Autovacuum, which gives
 * way to others, does not count.
 */
@ApplicationScoped
public class TransactionMetrics implements MetricSource {
  private final SampleReads reads;
  private volatile double seconds;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  TransactionMetrics() {
    this(null);
  }

  @Inject
  public TransactionMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    seconds =
        reads.ask(
            handle ->
                handle
                    .createQuery(
                        """
                        select coalesce(extract(epoch from max(clock_timestamp() - xact_start)), 0)
                          from pg_stat_activity
                         where backend_type = 'client backend' and datname = current_database()
                           and pid <> pg_backend_pid()
                        """)
                    .mapTo(Double.class)
                    .one());
  }

  @Override
  public void collect(MetricSheet sheet) {
    sheet.gauge(
        "refdata_database_longest_transaction_seconds",
        "How long the longest open transaction has been open",
        seconds);
  }
}
