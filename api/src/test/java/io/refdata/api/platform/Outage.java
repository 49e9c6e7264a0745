package io.refdata.api.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What may happen to a database while it is written to, and is over after some seconds. */
enum Outage {
  /** Connections end, at random moments. */
  CUT_CONNECTIONS {
    @Override
    void strike(KillablePlatform platform, Path ballast) throws Exception {
      for (int cut = 0; cut < 20; cut++) {
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

  /** All its processes stand still: connections are open, and nothing comes. */
  STANDSTILL {
    @Override
    void strike(KillablePlatform platform, Path ballast) throws Exception {
      List<String> processes = processes(platform);
      signal("-STOP", processes);
      LockSupport.parkNanos(
          Duration.ofSeconds(Integer.getInteger("crash.standstill", 4)).toNanos());
      signal("-CONT", processes);
    }
  },

  /** It is killed and started again. */
  KILLED {
    @Override
    void strike(KillablePlatform platform, Path ballast) {
      platform.killDatabase();
      LockSupport.parkNanos(1_000_000_000L);
      platform.startDatabase();
    }
  },

  /** Nothing more can be written to its disk, until room is made. */
  FULL_DISK {
    @Override
    void strike(KillablePlatform platform, Path ballast) throws Exception {
      fill(ballast);
      LockSupport.parkNanos(8_000_000_000L);
      Files.delete(ballast);
      if (!ProcessHandle.of(platform.databasePid()).map(ProcessHandle::isAlive).orElse(false)) {
        // It gives up if it can't write down that it was ended without a word.
        platform.killDatabase();
        platform.startDatabase();
      }
    }
  };

  /**
   * Lets it happen, until it is over.
   *
   * @param ballast a file on the disk of the database
   */
  abstract void strike(KillablePlatform platform, Path ballast) throws Exception;

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
      if (Files.getFileStore(ballast).getUsableSpace() > block.length) {
        throw e;
      }
    }
  }
}
