package io.refdata.perf;

import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cost of an uncached response that does not depend on the machine: its SQL statements, and the
 * blocks that they read.
 */
final class AccessCosts {
  private static final Pattern STATEMENTS = Pattern.compile("desc=\"(\\d+) statements?\"");
  private static final int REQUESTS = 20;

  /** The blocks read by the platform's role. Planning is not counted. */
  private static final String BLOCKS =
      """
      select coalesce(sum(shared_blks_hit + shared_blks_read), 0)
        from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where r.rolname = current_user and query not like '%pg_stat_statements%'
      """;

  private final ReadPlatform platform;

  AccessCosts(ReadPlatform platform) {
    this.platform = platform;
  }

  /** The SQL statements of a response, from its {@code Server-Timing}. */
  Measurement statements(String id, String path) throws Exception {
    List<Double> counts = new ArrayList<>();
    for (int turn = 0; turn < Scale.turns(); turn++) {
      HttpResponse<byte[]> response = platform.getUncached(path);
      String timing = response.headers().firstValue("Server-Timing").orElseThrow();
      Matcher statements = STATEMENTS.matcher(timing);
      if (!statements.find()) {
        throw new IllegalStateException(timing);
      }
      counts.add(Double.valueOf(statements.group(1)));
    }
    return new Measurement(id, counts, "", "", null);
  }

  /** The blocks of tables and indexes that PostgreSQL reads for a response. */
  Measurement blocks(String id, String path) throws Exception {
    List<Double> blocks = new ArrayList<>();
    send(path);
    for (int turn = 0; turn < Scale.turns(); turn++) {
      double before = blocks();
      send(path);
      blocks.add((blocks() - before) / REQUESTS);
    }
    return new Measurement(id, blocks, "", "", null);
  }

  private void send(String path) throws Exception {
    for (int i = 0; i < REQUESTS; i++) {
      platform.getUncached(path);
    }
  }

  private double blocks() throws Exception {
    try (Connection connection = platform.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(BLOCKS)) {
      row.next();
      return row.getDouble(1);
    }
  }
}
