package io.refdata.perf;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.persistence.sql.BinaryCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes the same rows into the same unlogged table: by the platform's binary COPY, by a text COPY
 * like {@code psql \copy}, and by JDBC batches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StagingBenchmark {
  private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
  private static final int SERIES = 100;
  private static final int BATCH = 1_000;

  @Param("20000")
  private int rows;

  private EmbeddedDatabase database;
  private Connection connection;

  @SuppressWarnings("NullAway.Init")
  public StagingBenchmark() {}

  /** Starts a server with a table for all iterations. */
  @Setup(Level.Trial)
  public void start() throws SQLException {
    database = EmbeddedDatabase.startTemporary();
    connection = database.dataSource().getConnection();
    execute("create unlogged table staged (time timestamptz, value float8, series_id int)");
  }

  /** Empties the table for each iteration. */
  @Setup(Level.Iteration)
  public void empty() throws SQLException {
    connection.setAutoCommit(true);
    execute("truncate staged");
  }

  @TearDown(Level.Trial)
  public void stop() throws SQLException {
    connection.close();
    database.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long second(int row) {
    return START.getEpochSecond() + row / SERIES * 3600L;
  }

  /** Writes as the platform does. */
  @Benchmark
  public long binaryCopy() throws SQLException {
    try (BinaryCopy copy = new BinaryCopy(connection, "staged (time, value, series_id)")) {
      for (int row = 0; row < rows; row++) {
        copy.row(3).instant(second(row) * 1_000_000).float8(row * 0.25).int4(row % SERIES);
      }
      return copy.end();
    }
  }

  /** Writes as {@code psql \copy … csv} does. */
  @Benchmark
  public long textCopy() throws SQLException, IOException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy staged (time, value, series_id) from stdin with (format csv)");
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append(Instant.ofEpochSecond(second(row))).append(',');
      text.append(row * 0.25).append(',').append(row % SERIES).append('\n');
      if (text.length() > 1 << 15) {
        write(copy, text);
      }
    }
    write(copy, text);
    return copy.endCopy();
  }

  private static void write(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  /** Writes as a loader without COPY does. */
  @Benchmark
  public void jdbcBatch() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into staged (time, value, series_id) values (?, ?, ?)")) {
      for (int row = 0; row < rows; row++) {
        insert.setObject(1, Instant.ofEpochSecond(second(row)).atOffset(ZoneOffset.UTC));
        insert.setDouble(2, row * 0.25);
        insert.setInt(3, row % SERIES);
        insert.addBatch();
        if (row % BATCH == BATCH - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
  }
}
