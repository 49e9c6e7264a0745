package io.refdata.db;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The first process of a server, and its children. */
final class Postmaster {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Postmaster() {}

  /**
   * True if a process belongs to a PostgreSQL server; its id may have been given to another
   * program.
   */
  static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(it -> it.contains("postgres")).isPresent();
  }

  /**
   * Kills the postmaster and its children: a child that outlives it holds the shared memory, and
   * may write to the files that a new server recovers. The postmaster is stopped first, so that it
   * has no more children than are listed.
   */
  static void kill(ProcessHandle postmaster) {
    stop(postmaster);
    List<ProcessHandle> children = postmaster.descendants().toList();
    Stream.concat(Stream.of(postmaster), children.stream()).forEach(ProcessHandle::destroyForcibly);
    Stream.concat(Stream.of(postmaster), children.stream()).forEach(Postmaster::awaitEnd);
  }

  private static void stop(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      // A system without signals: PostgreSQL does not fork there.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until a process has ended. A process that has ended but is not reaped yet (some
   * containers' first process never does that) still counts as alive, but has no command.
   */
  static void awaitEnd(ProcessHandle process) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (isPostgres(process)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("process " + process.pid() + " does not end");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
