package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.persistence.load.staging.ObservationCopy;
import java.util.function.Supplier;

/**
 * Stages the observations of a file with several threads. Each thread parses a block, waits until
 * the blocks before it are done, resolves the ids of the series, and copies the rows to staging.
 */
final class ObservationPipeline {
  private final SourceFile file;
  private final ObservationLayout layout;
  private final SeriesIds series;
  private final ObservationCopy copy;
  private final Intake intake;
  private final OrderedWork turns = new OrderedWork();

  ObservationPipeline(
      SourceFile file,
      ObservationLayout layout,
      SeriesIds series,
      ObservationCopy copy,
      Intake intake) {
    this.file = file;
    this.layout = layout;
    this.series = series;
    this.copy = copy;
    this.intake = intake;
  }

  /** Creates the workers, one for each thread. */
  Supplier<BlockWorkers.Worker> workers() {
    return Worker::new;
  }

  private final class Worker implements BlockWorkers.Worker {
    private final LineReader lines = file.lines();
    private final ObservationParser parser = new ObservationParser(layout, intake.outcome());

    @Override
    public void process(Block block) {
      long start = System.nanoTime();
      ObservationRows rows = parser.rows();
      rows.begin();
      lines.read(block, parser::handle);
      file.recycle(block);
      long waited =
          turns.runInOrder(
              block.number(),
              () -> {
                rows.resolve(series, parser::key);
                rows.copy(series, copy);
              });
      intake.tally().worked(System.nanoTime() - start - waited);
      intake.tally().staged(rows.count());
      intake.tally().read(block);
    }

    @Override
    public void fail() {
      turns.fail();
    }
  }
}
