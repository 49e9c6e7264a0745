package io.refdata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformForTests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An answer that takes several statements takes them in one snapshot: by PostgreSQL's own log, all
 * are of one transaction, and it is a repeatable read.
 */
@SuppressWarnings("NullAway.Init")
@ArquillianTest
class OneSnapshotIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * The statements before a snapshot (an instant's revision never changes, nor does a version of a
   * feature set that is read, and the last change must not be later than what is read), and those
   * of the server itself.
   */
  private static final Pattern APART =
      Pattern.compile(
          "ref\\.revision_(?:as_of|known_at)|dataset_aud where"
              + " id|raw\\.load\\b|curated\\.(?:export|signal(?:_run)?)\\b|/\\*"
              + " (?:LastChanges|LoadedSeries|LoadQualities|Anomalies|DatasetSamples|OpenedSets|PartitionTables"
              + "|SealRevisions)\\.");

  /** A session in which the server looks for alerts, or takes samples. */
  private static final Pattern OWN_SESSION = Pattern.compile("[^#]* refdata-(?:alerts|samples)#");

  private static final Pattern DATA = Pattern.compile("\\b(?:ref|curated|raw|staging)\\.");

  private static Connection log;
  private static int marks;

  @BeforeAll
  static void listen() throws Exception {
    Questions.fill();
    var database = PlatformForTests.database();
    log = DriverManager.getConnection(database.url(), "postgres", database.password());
    execute("alter system set log_statement = 'all'");
    execute("alter system set log_line_prefix = '#%v %a#'");
    execute("select pg_reload_conf()");
  }

  @AfterAll
  static void listenNoMore() throws SQLException {
    execute("alter system reset log_statement");
    execute("alter system reset log_line_prefix");
    execute("select pg_reload_conf()");
    log.close();
  }

  @Test
  void anAnswerOfSeveralStatementsIsOfOneSnapshot() throws Exception {
    Instant before = Instant.now();
    List<String> apart = new ArrayList<>();
    int several = 0;
    for (Questions.Question question : Questions.all()) {
      String path = question.path();
      List<String> paths = new ArrayList<>(List.of(path));
      String and = path.contains("?") ? "&" : "?";
      if (path.contains("/datasets") || path.matches(".*/(?:facilities|regions)(?:/[^/]+)?")) {
        paths.add(path + and + "asOf=" + before);
      }
      if (path.contains("limit=2") && !path.contains("/loads") && !path.contains("/datasets")) {
        paths.add(path + "&count=exact");
      }
      for (String asked : paths) {
        List<Sent> sent = sent(asked);
        if (sent.size() > 1) {
          several++;
          if (!oneSnapshot(sent)) {
            apart.add(asked + "\n  " + sent);
          }
        }
      }
    }
    assertThat(apart).isEmpty();
    assertThat(several).isGreaterThan(5);
  }

  /** A statement, and the virtual transaction that it was sent in. */
  private record Sent(String transaction, String sql) {}

  private static boolean oneSnapshot(List<Sent> sent) {
    return sent.stream().map(Sent::transaction).distinct().count() == 1
        && sent.stream().anyMatch(one -> one.sql().contains("repeatable read"));
  }

  /**
   * The statements about data that PostgreSQL gets while a question is answered, past all caches.
   */
  private static List<Sent> sent(String path) throws Exception {
    String begin = mark();
    var answer =
        given()
            .urlEncodingEnabled(false)
            .accept(path.contains("/rejects") ? "text/csv" : "application/json")
            .header("Cache-Control", "no-cache")
            .get(path);
    if (answer.statusCode() == 400) {
      return List.of();
    }
    assertThat(answer.statusCode()).as(path + " " + answer.asString()).isEqualTo(200);
    String text = between(begin, mark());
    List<Sent> sent = new ArrayList<>();
    TreeSet<String> snapshots = new TreeSet<>();
    for (String entry : text.split("\n#")) {
      int end = OWN_SESSION.matcher(entry).lookingAt() ? -1 : entry.indexOf('#');
      if (end > 0 && entry.contains("repeatable read")) {
        snapshots.add(entry.substring(0, end));
      }
      if (end > 0 && DATA.matcher(entry).find() && !APART.matcher(entry).find()) {
        sent.add(new Sent(entry.substring(0, end), entry.substring(end + 1)));
      }
    }
    return sent.stream()
        .map(
            one ->
                snapshots.contains(one.transaction())
                    ? new Sent(one.transaction(), "repeatable read: " + one.sql())
                    : one)
        .toList();
  }

  /** Leaves a mark in the log. */
  private static String mark() throws SQLException {
    String mark = "mark " + ++marks;
    execute("select '" + mark + "' as \"end\"");
    return mark;
  }

  /** The text of the log between two marks; waits until it has the second. */
  private static String between(String begin, String end) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      String text = text("select pg_read_file(pg_current_logfile())");
      int from = text.lastIndexOf("'" + begin + "'");
      int until = text.lastIndexOf("'" + end + "'");
      if (from >= 0 && until > from) {
        return text.substring(from, until);
      }
      assertThat(Instant.now()).as(end + " in the log in time").isBefore(deadline);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = log.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(String query) throws SQLException {
    try (Statement statement = log.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
