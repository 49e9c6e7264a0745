package io.refdata.db;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The first process of a server, and what it has started. */
final class Postmaster {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Postmaster() {}

  /** Whether a process is one of a server: its number may have become another's. */
  static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(it -> it.contains("postgres")).isPresent();
  }

  /**
   * The children too: one that outlives the postmaster keeps the shared memory, and no new server
   * may start.
   */
  static void kill(ProcessHandle postmaster) {
    List<ProcessHandle> children = postmaster.descendants().toList();
    Stream.concat(Stream.of(postmaster), children.stream()).forEach(ProcessHandle::destroyForcibly);
    Stream.concat(Stream.of(postmaster), children.stream()).forEach(Postmaster::awaitEnd);
  }

  /**
   * One that has ended but is not reaped yet (some containers' first process never does) counts as
   * alive, but has no command.
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
