package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.persistence.load.staging.ObservationCopy;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.SparedKeys;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the observations of a file into staging, with several threads: each parses a block, waits
 * until the blocks before it are done, finds the ids of its series, and hands its rows on.
 */
final class ObservationPipeline {
  private final SourceFile file;
  private final ObservationLayout layout;
  private final SeriesIds series;
  private final ObservationCopy copy;
  private final Tally tally;
  private final Rejects.Writer rejects;
  private final @Nullable SparedKeys kept;
  private final OrderedWork turns = new OrderedWork();

  ObservationPipeline(
      SourceFile file,
      ObservationLayout layout,
      SeriesIds series,
      ObservationCopy copy,
      Tally tally,
      Rejects.Writer rejects,
      @Nullable SparedKeys kept) {
    this.file = file;
    this.layout = layout;
    this.series = series;
    this.copy = copy;
    this.tally = tally;
    this.rejects = rejects;
    this.kept = kept;
  }

  /** What one thread does with the blocks it gets. */
  Supplier<BlockWorkers.Worker> workers() {
    return Worker::new;
  }

  private final class Worker implements BlockWorkers.Worker {
    private final LineReader lines = file.lines();
    private final ObservationParser parser = new ObservationParser(layout, tally, rejects, kept);

    @Override
    public void take(Block block) {
      ObservationRows rows = parser.rows();
      rows.begin();
      lines.read(block, parser::take);
      file.recycle(block);
      turns.take(
          block.number(),
          () -> {
            rows.resolve(series, parser::key);
            rows.copy(series, copy);
          });
      tally.staged(rows.count());
      tally.read(block);
    }

    @Override
    public void fail() {
      turns.fail();
    }
  }
}
