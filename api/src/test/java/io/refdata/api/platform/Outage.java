package io.refdata.api.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A fault of a platform that is written to, which is over after some time. */
enum Outage {
  /** Connections of the database end, at random moments. */
  CUT_CONNECTIONS(2_000) {
    @Override
    void strike(KillablePlatform platform, Path ballast, Duration length) throws Exception {
      Instant end = Instant.now().plus(length);
      while (Instant.now().isBefore(end)) {
        try (Connection connection = platform.connect();
            Statement statement = connection.createStatement()) {
          statement.execute(
              """
              select pg_terminate_backend(pid)
                from pg_stat_activity
               where usename = current_user and pid <> pg_backend_pid() and random() < 0.5
              """);
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(200_000_000L));
      }
    }
  },

  /** All processes of the database stand still: connections are open, and nothing comes. */
  STANDSTILL(1_000L * Integer.getInteger("crash.standstill", 4)) {
    @Override
    void strike(KillablePlatform platform, Path ballast, Duration length) throws Exception {
      List<String> processes = processes(platform);
      signal("-STOP", processes);
      LockSupport.parkNanos(length.toNanos());
      signal("-CONT", processes);
    }
  },

  /** The database is killed and started again. */
  KILLED(1_000) {
    @Override
    void strike(KillablePlatform platform, Path ballast, Duration length) {
      away(platform::killDatabase, length, platform::startDatabase);
    }
  },

  /** Nothing more can be written to the database's disk, until room is made. */
  FULL_DISK(8_000) {
    @Override
    void strike(KillablePlatform platform, Path ballast, Duration length) throws Exception {
      fill(ballast);
      LockSupport.parkNanos(length.toNanos());
      Files.delete(ballast);
      platform.keepDatabase();
    }
  },

  /** The server is killed and started again. */
  SERVER_KILLED(1_000) {
    @Override
    void strike(KillablePlatform platform, Path ballast, Duration length) {
      away(platform::killServer, length, platform::startServer);
    }
  },

  /** The server is told to end, and started again. */
  SERVER_TOLD_TO_END(1_000) {
    @Override
    void strike(KillablePlatform platform, Path ballast, Duration length) {
      away(platform::stopServer, length, platform::startServer);
    }
  };

  private final Duration usual;

  Outage(long usualMillis) {
    this.usual = Duration.ofMillis(usualMillis);
  }

  /** The length of the fault where it happens once. */
  Duration usual() {
    return usual;
  }

  /**
   * Lets it happen, until it is over.
   *
   * @param ballast a file on the disk of the database
   * @param length how long it lasts, without what it takes to start what has ended
   */
  abstract void strike(KillablePlatform platform, Path ballast, Duration length) throws Exception;

  private static void away(Runnable end, Duration length, Runnable start) {
    end.run();
    LockSupport.parkNanos(length.toNanos());
    start.run();
  }

  private static List<String> processes(KillablePlatform platform) {
    ProcessHandle postmaster = ProcessHandle.of(platform.databasePid()).orElseThrow();
    return Stream.concat(postmaster.descendants(), Stream.of(postmaster))
        .map(process -> Long.toString(process.pid()))
        .toList();
  }

  private static void signal(String signal, List<String> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    command.addAll(processes);
    // Some may have ended meanwhile.
    new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // PostgreSQL may have given some room back since.
      if (!"No space left on device".equals(e.getMessage())) {
        throw e;
      }
    }
  }
}
