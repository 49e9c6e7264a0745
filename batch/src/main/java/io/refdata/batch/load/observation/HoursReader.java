package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.Line;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.observation.ObservationLayout.Axis;
import io.refdata.batch.load.time.DoubledHours;
import io.refdata.batch.load.time.TimeColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads the times of a file once before its values: the lines after one may tell which of two hours
 * it has. Lines that are rejected or left out count too.
 */
final class HoursReader {
  private final List<Axis> axes;
  private final int timeColumn;
  private final TimeColumn times;
  private final DoubledHours hours;

  private HoursReader(List<Axis> axes, int timeColumn, TimeColumn times, DoubledHours hours) {
    this.axes = axes;
    this.timeColumn = timeColumn;
    this.times = times;
    this.hours = hours;
  }

  static void read(
      SourceFile file, List<Axis> axes, int timeColumn, TimeColumn times, DoubledHours into) {
    HoursReader reader = new HoursReader(axes, timeColumn, times, into);
    try (SourceFile again = file.again()) {
      LineReader lines = again.lines();
      Block block;
      while ((block = again.next()) != null) {
        lines.read(block, reader::add);
        again.recycle(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    into.end();
  }

  private void add(Line line) {
    if (!line.has(timeColumn)) {
      return;
    }
    long start = times.parse(line.chars(), line.start(timeColumn), line.end(timeColumn));
    if (start != TimeColumn.NONE) {
      hours.add(key(line), line.number(), start, times.later(start));
    }
  }

  private String key(Line line) {
    StringBuilder key = new StringBuilder();
    for (Axis axis : axes) {
      if (axis.column() >= 0) {
        key.append(line.text(axis.column())).append('\0');
      }
    }
    return key.toString();
  }
}
