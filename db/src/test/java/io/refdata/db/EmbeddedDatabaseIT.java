package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void losesNothingAcknowledgedWhenKilled() throws SQLException {
    EmbeddedDatabase killed = EmbeddedDatabase.start(directory);
    execute(killed, "create table kept as select 42 as answer");
    killed.kill();
    assertThat(ProcessHandle.of(killed.pid()).filter(ProcessHandle::isAlive)).isEmpty();
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
      // Words of other scripts are found by search too.
      assertThat(answer(database, "select lower('ÅLAND Ø Ж')")).isEqualTo("åland ø ж");
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    try (EmbeddedDatabase database = EmbeddedDatabase.startTemporary()) {
      assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", "postgres"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
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
