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
 * What an answer costs that is not kept, whatever the machine: statements, and blocks looked into.
 */
final class AccessCosts {
  private static final Pattern STATEMENTS = Pattern.compile("desc=\"(\\d+) statements?\"");
  private static final int ANSWERS = 20;

  /** Planning is not counted, nor is what others than the platform's role do. */
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

  /** SQL statements for an answer, as it says itself. */
  Measurement statements(String id, String path) throws Exception {
    List<Double> counts = new ArrayList<>();
    for (int turn = 0; turn < Scale.turns(); turn++) {
      HttpResponse<byte[]> answer = platform.getUncached(path);
      String timing = answer.headers().firstValue("Server-Timing").orElseThrow();
      Matcher statements = STATEMENTS.matcher(timing);
      if (!statements.find()) {
        throw new IllegalStateException(timing);
      }
      counts.add(Double.valueOf(statements.group(1)));
    }
    return new Measurement(id, counts, "", "", null);
  }

  /** Blocks of tables and indexes that PostgreSQL looks into for an answer. */
  Measurement blocks(String id, String path) throws Exception {
    List<Double> blocks = new ArrayList<>();
    ask(path);
    for (int turn = 0; turn < Scale.turns(); turn++) {
      double before = blocks();
      ask(path);
      blocks.add((blocks() - before) / ANSWERS);
    }
    return new Measurement(id, blocks, "", "", null);
  }

  private void ask(String path) throws Exception {
    for (int i = 0; i < ANSWERS; i++) {
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
