package io.refdata.api.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.observation.ObservationFiles;
import io.refdata.api.problem.Failures;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.queue.ClaimedWork;
import io.refdata.api.queue.Queue;
import io.refdata.persistence.Connections;
import io.refdata.persistence.export.Export;
import io.refdata.persistence.export.ExportFiles;
import io.refdata.persistence.export.ExportQueue;
import io.refdata.persistence.export.UnfinishedExport;
import io.refdata.persistence.json.Json;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of exports that are due, some at a time. Looks for them when one is asked for,
 * when one has ended, and every few seconds: another server may have died over one.
 */
@ApplicationScoped
public class ExportRunner {
  private static final Logger LOG = Logger.getLogger(ExportRunner.class);
  private static final int AT_A_TIME = (int) Setting.EXPORTS_AT_A_TIME.number();

  /** A claim is renewed some times before it runs out. */
  private static final int LOOKS_IN_A_LEASE = 6;

  private static final int BLOCK = 1 << 16;

  @Inject private ExportQueue queue;
  @Inject private ExportFiles files;
  @Inject private ObservationFiles observations;
  @Inject private Failures failures;
  @Inject private Connections connections;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  @Resource(lookup = "java:jboss/ee/concurrency/executor/default")
  private ExecutorService threads;

  private @Nullable ClaimedWork<Work> work;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public ExportRunner() {}

  /** Why a file is not written to its end. */
  private enum Stop {
    /** Its export was deleted, or another server writes it. */
    LOST,
    /** All files together have too many bytes. */
    NO_ROOM,
    /** The server shuts down. */
    SHUT_DOWN
  }

  /** The writing of a file. */
  private static final class Work {
    private final Export export;
    private volatile @Nullable UnfinishedExport file;
    private volatile @Nullable Stop stop;

    Work(Export export) {
      this.export = export;
    }

    void begin(UnfinishedExport begun) {
      file = begun;
      if (stop != null) {
        begun.stop();
      }
    }

    void stop(Stop why) {
      stop = why;
      UnfinishedExport begun = file;
      if (begun != null) {
        begun.stop();
      }
    }

    long bytes() {
      UnfinishedExport begun = file;
      return begun == null ? 0 : begun.bytes();
    }
  }

  /** A stream that does not end the file when it is closed, as writers of answers close theirs. */
  private static final class Blocks extends BufferedOutputStream {
    Blocks(OutputStream file) {
      super(file, BLOCK);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  void start(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    work = new ClaimedWork<>(new Exports(), AT_A_TIME, connections, scheduler, threads);
    work.start(Setting.EXPORTS_LEASE.time().dividedBy(LOOKS_IN_A_LEASE));
  }

  /** The server shuts down in order: what it writes is begun again by another, or by the next. */
  @PreDestroy
  void end() {
    if (work != null) {
      for (Work one : work.stop()) {
        one.stop(Stop.SHUT_DOWN);
        try {
          queue.release(one.export);
        } catch (RuntimeException e) {
          LOG.debugf(e, "Export %d is begun again when its claim runs out", one.export.id());
        }
      }
    }
  }

  /** Something has changed in the queue. */
  void wake() {
    if (work != null) {
      work.wake();
    }
  }

  /** The exports that are due. */
  private final class Exports implements Queue<Work> {
    @Override
    public String name() {
      return "exports";
    }

    @Override
    public List<Work> claim(int most) {
      return queue.claim(most).stream().map(Work::new).toList();
    }

    @Override
    public void renew(Work work) {
      queue
          .renew(work.export, work.bytes())
          .ifPresentOrElse(
              room -> {
                if (room < 0) {
                  work.stop(Stop.NO_ROOM);
                }
              },
              // Also if it has ended meanwhile.
              () -> work.stop(Stop.LOST));
    }

    @Override
    public void release(Work work) {
      queue.release(work.export);
    }

    @Override
    public void work(Work work) {
      try {
        complete(work);
      } catch (IOException | RuntimeException e) {
        failed(work, e);
      }
    }
  }

  private void complete(Work work) throws IOException {
    Export export = work.export;
    String path = Objects.requireNonNull(export.path());
    try (UnfinishedExport file = files.begin(path)) {
      work.begin(file);
      OutputStream out = new Blocks(file);
      long rows =
          observations.write(
              export.dataset(),
              (ObjectNode) Json.MAPPER.readTree(export.query()),
              export.asOf(),
              ExportOrder.format(export.format()).orElseThrow(),
              out);
      out.flush();
      if (queue.renew(export, file.bytes()).filter(room -> room < 0).isPresent()) {
        work.stop(Stop.NO_ROOM);
      }
      byte[] sha256 = file.finish();
      if (!queue.complete(export, rows, file.bytes(), sha256)) {
        files.remove(path);
      }
    }
  }

  private void failed(Work work, Exception failure) {
    Export export = work.export;
    Stop stop = work.stop;
    if (stop == Stop.NO_ROOM) {
      queue.fail(
          export,
          "All files of exports together may have %,d bytes. Delete some, or wait until they expire."
              .formatted(Setting.EXPORTS_BYTES.number()));
      return;
    } else if (stop != null) {
      LOG.debugf(failure, "Export %d is not written here any more", export.id());
      return;
    }
    Problem problem = failures.problem(failure);
    if (problem.type() == ProblemType.UNAVAILABLE) {
      LOG.debugf(failure, "Export %d is begun again when its claim runs out", export.id());
    } else {
      queue.fail(export, detail(problem));
    }
  }

  private static String detail(Problem problem) {
    return String.valueOf(problem.getMessage());
  }
}
