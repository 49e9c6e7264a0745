package io.refdata.batch.load.intake;

import io.refdata.persistence.load.Loads;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Writes the progress of a file's staging to the load's record and to the log. */
public final class Progress {
  private static final Logger LOG = Logger.getLogger(Progress.class);
  private static final long REPORT_NANOS = 500_000_000L;
  private static final long LOG_NANOS = 5_000_000_000L;

  private final Loads loads;
  private final long load;
  private final SourceFile file;
  private final Tally tally;
  private final RejectLimit limit;
  private final BooleanSupplier stopped;
  private final Stopwatch watch = Stopwatch.start();
  private long reported;
  private long logged;

  public Progress(
      Loads loads,
      long load,
      SourceFile file,
      Tally tally,
      RejectLimit limit,
      BooleanSupplier stopped) {
    this.loads = loads;
    this.load = load;
    this.file = file;
    this.tally = tally;
    this.limit = limit;
    this.stopped = stopped;
  }

  /**
   * Called now and then. Reports the progress.
   *
   * @return false if the load is to be stopped
   * @throws io.refdata.domain.load.InvalidLoad if it is certain that more rows are rejected than
   *     the limit allows
   */
  public boolean goOn() {
    if (watch.nanos() - reported > REPORT_NANOS) {
      reported = watch.nanos();
      loads.progress(load, file.progress(), tally.read(), tally.rejectedRows());
      if (reported - logged > LOG_NANOS) {
        logged = reported;
        LOG.infof(
            "Load %d: %,d rows, %.0f %% of the file, %,.0f rows/s",
            load, tally.read(), file.progress() * 100, tally.read() / watch.seconds());
      }
    }
    if (file.progress() < 1) {
      limit.check(tally, file.maxChars());
    }
    return !stopped.getAsBoolean();
  }
}
