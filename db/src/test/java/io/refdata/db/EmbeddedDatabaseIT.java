package io.refdata.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

  @TempDir Path directory;

  @Test
  void keepsItsDataAndUrlOverARestart() throws SQLException {
    String url;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      url = database.url();
      execute(database, "create table kept as select 42 as answer");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(answer(database, "select answer from kept")).isEqualTo("42");
      assertThat(database.url()).isEqualTo(url);
    }
  }

  @Test
  void keepsAcknowledgedWritesWhenKilled() throws SQLException {
    EmbeddedDatabase killed = EmbeddedDatabase.start(directory);
    execute(killed, "create table kept as select 42 as answer");
    killed.kill();
    assertThat(isRunning(killed.pid())).isFalse();
    assertThat(directory.resolve("postmaster.pid")).exists();

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(answer(database, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void startsAlthoughAStalePidFileNamesALivingStranger() throws Exception {
    EmbeddedDatabase.start(directory).kill();
    Path pidFile = directory.resolve("postmaster.pid");
    String stale = Files.readString(pidFile);
    Files.writeString(
        pidFile, ProcessHandle.current().pid() + stale.substring(stale.indexOf('\n')));

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(database.version()).startsWith("18.");
    }
  }

  @Test
  void endsAServerWhoseJvmWasKilledAndStartsAgain() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Orphaning.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long orphan;
    try (BufferedReader output = jvm.inputReader(UTF_8)) {
      orphan = Long.parseLong(output.readLine());
    }
    jvm.destroyForcibly().waitFor();
    assertThat(isRunning(orphan)).isTrue();

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(answer(database, "select answer from kept")).isEqualTo("42");
      assertThat(isRunning(orphan)).isFalse();
    }
  }

  /**
   * The main class of a separate JVM that starts a server, prints its process id, and lives as long
   * as its parent.
   */
  static final class Orphaning {
    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
      execute(database, "create table kept as select 42 as answer");
      System.out.println(database.pid());
      System.in.read();
    }
  }

  @Test
  void refusesADirectoryInUse() {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another process runs PostgreSQL on");
      assertThat(database.version()).startsWith("18.");
    }
  }

  @Test
  void isConfiguredForATwoCoreMachine() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.startTemporary()) {
      assertThat(answer(database, "show shared_buffers")).isEqualTo("512MB");
      assertThat(answer(database, "show random_page_cost")).isEqualTo("1.1");
      assertThat(answer(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(answer(database, "show max_connections")).isEqualTo("100");
      assertThat(answer(database, "show log_timezone")).isEqualTo("UTC");
      assertThat(answer(database, "show server_encoding")).isEqualTo("UTF8");
      assertThat(answer(database, "select count(*) >= 0 from pg_stat_statements")).isEqualTo("t");
      assertThat(answer(database, "select rolsuper from pg_roles where rolname = current_user"))
          .isEqualTo("f");
      // Search also finds words in other scripts.
      assertThat(answer(database, "select lower('ÅLAND Ø Ж')")).isEqualTo("åland ø ж");
      execute(database, "create extension pg_trgm");
      assertThat(answer(database, "select cardinality(show_trgm('Жук'))")).isEqualTo("4");
    }
  }

  @Test
  void refusesConnectionsWithoutThePassword() {
    try (EmbeddedDatabase database = EmbeddedDatabase.startTemporary()) {
      assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", "postgres"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  /** A process that has ended but is not reaped yet has no command. */
  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
