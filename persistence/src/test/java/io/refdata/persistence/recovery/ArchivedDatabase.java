package io.refdata.persistence.recovery;

import static org.awaitility.Awaitility.await;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A migrated PostgreSQL that copies its write-ahead log to an archive, so that it can be recovered
 * to any instant after the end of a backup. It needs no program but the server.
 */
final class ArchivedDatabase implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The files of a running server, and those that the server creates anew. */
  private static final List<String> NOT_COPIED =
      List.of(
          "postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot", "pg_stat_tmp", "epg-lock");

  private final Path files;
  private final Path archive;
  private final EmbeddedDatabase server;

  private ArchivedDatabase(Path files, Path archive, EmbeddedDatabase server) {
    this.files = files;
    this.archive = archive;
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param directory an empty directory, for its files and its archive
   */
  static ArchivedDatabase start(Path directory) throws IOException, SQLException {
    Path files = Files.createDirectory(directory.resolve("files"));
    Path archive = Files.createDirectory(directory.resolve("archive"));
    try (EmbeddedDatabase once = EmbeddedDatabase.start(files);
        Connection superuser = once.superuser();
        Statement statement = superuser.createStatement()) {
      // Each takes effect at the next start.
      statement.execute("alter system set archive_mode = on");
      statement.execute("alter system set archive_library = 'basic_archive'");
      statement.execute("alter system set basic_archive.archive_directory = '" + archive + "'");
    }
    EmbeddedDatabase server = EmbeddedDatabase.start(files);
    Migrations.migrate(server.dataSource());
    return new ArchivedDatabase(files, archive, server);
  }

  EmbeddedDatabase server() {
    return server;
  }

  /**
   * Copies the files while the server runs.
   *
   * @param into a directory that does not exist yet
   * @param meanwhile runs before the files are copied
   */
  void backUp(Path into, Runnable meanwhile) throws IOException, SQLException {
    // Both commands belong to one session.
    try (Connection superuser = server.superuser();
        Statement statement = superuser.createStatement()) {
      statement.execute("select pg_backup_start('refdata', true)");
      meanwhile.run();
      copy(files, into);
      try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop()")) {
        stopped.next();
        Files.writeString(into.resolve("backup_label"), stopped.getString(1));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(from)) {
      all = found.filter(path -> isCopied(from.relativize(path))).toList();
    }
    for (Path each : all) {
      try {
        Files.copy(each, to.resolve(from.relativize(each)));
      } catch (NoSuchFileException removedSince) {
        // A server removes files while it runs. The write-ahead log says so too.
      }
    }
    Files.createDirectory(to.resolve("pg_wal"));
    Files.createDirectory(to.resolve("pg_replslot"));
  }

  private static boolean isCopied(Path relative) {
    return !NOT_COPIED.contains(relative.getName(0).toString());
  }

  /** The present instant of the server. */
  Instant now() throws SQLException {
    try (Connection superuser = server.superuser();
        Statement statement = superuser.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  /** Waits until the archive has everything that was written so far. */
  void archiveAll() throws SQLException {
    try (Connection superuser = server.superuser();
        Statement statement = superuser.createStatement()) {
      String last = text(statement, "select pg_walfile_name(pg_switch_wal())");
      await()
          .atMost(PATIENCE)
          .ignoreException(SQLException.class)
          .until(
              () -> text(statement, "select last_archived_wal from pg_stat_archiver"),
              archived -> archived != null && archived.compareTo(last) >= 0);
    }
  }

  private static @Nullable String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /**
   * Starts another server on a backup, with the state at an instant.
   *
   * @param backup the directory of {@link #backUp}; the server runs on it
   * @param target an instant after the backup and before the last write in the archive
   */
  EmbeddedDatabase recover(Path backup, Instant target) {
    try {
      Files.createFile(backup.resolve("recovery.signal"));
      Files.writeString(
          backup.resolve("postgresql.auto.conf"),
          """
          archive_mode = off
          restore_command = 'cp "%s/%%f" "%%p"'
          recovery_target_time = '%s'
          recovery_target_action = promote
          # Nobody is let in before it is complete.
          hot_standby = off
          """
              // No "Z": names of time zones are not read yet when this is.
              .formatted(archive, target.toString().replace("Z", "+00")),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return EmbeddedDatabase.start(backup);
  }

  @Override
  public void close() {
    server.close();
  }
}
