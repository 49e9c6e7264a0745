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
 * Stages the observations of a file with several threads. Each thread parses a block, waits until
 * the blocks before it are done, resolves the ids of the series, and copies the rows to staging.
 */
final class ObservationPipeline {
  private final SourceFile file;
  private final ObservationLayout layout;
  private final SeriesIds series;
  private final ObservationCopy copy;
  private final Tally tally;
  private final Rejects.Writer rejects;
  private final @Nullable SparedKeys spared;
  private final OrderedWork turns = new OrderedWork();

  ObservationPipeline(
      SourceFile file,
      ObservationLayout layout,
      SeriesIds series,
      ObservationCopy copy,
      Tally tally,
      Rejects.Writer rejects,
      @Nullable SparedKeys spared) {
    this.file = file;
    this.layout = layout;
    this.series = series;
    this.copy = copy;
    this.tally = tally;
    this.rejects = rejects;
    this.spared = spared;
  }

  /** Creates the workers, one for each thread. */
  Supplier<BlockWorkers.Worker> workers() {
    return Worker::new;
  }

  private final class Worker implements BlockWorkers.Worker {
    private final LineReader lines = file.lines();
    private final ObservationParser parser = new ObservationParser(layout, tally, rejects, spared);

    @Override
    public void process(Block block) {
      ObservationRows rows = parser.rows();
      rows.begin();
      lines.read(block, parser::handle);
      file.recycle(block);
      turns.runInOrder(
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
