package io.refdata.persistence.sql;

import io.refdata.persistence.metrics.duration.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/** Takes connections for Jdbi, and records how long each was waited for. */
public final class Acquisitions implements ConnectionFactory {
  /** The name in {@link StatementTimes} for the waits for a connection; no statement has it. */
  public static final String NAME = "connection";

  private static final StatementTimes WAITS = StatementTimes.of(NAME);
  private static final Durations DURATIONS = new Durations();

  private final DataSource dataSource;

  public Acquisitions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Connection openConnection() throws SQLException {
    long start = System.nanoTime();
    try {
      return dataSource.getConnection();
    } finally {
      record(System.nanoTime() - start);
    }
  }

  static void record(long nanos) {
    WAITS.record(nanos, null);
    DURATIONS.record(nanos);
  }

  /** All waits of this server. */
  public static Durations durations() {
    return DURATIONS;
  }
}
