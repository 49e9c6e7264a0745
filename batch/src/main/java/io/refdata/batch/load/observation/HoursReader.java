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
  /** Longer texts name no series: their lines are rejected. */
  private static final int LONGEST_KEY = 10_000;

  /** So many fit into the memory that a series is reckoned with. */
  private static final int CHARACTERS_OF_A_SERIES = 200;

  private final List<Axis> axes;
  private final int timeColumn;
  private final TimeColumn times;
  private final DoubledHours hours;
  private final SeriesMemory room;

  private HoursReader(
      List<Axis> axes, int timeColumn, TimeColumn times, DoubledHours hours, SeriesMemory room) {
    this.axes = axes;
    this.timeColumn = timeColumn;
    this.times = times;
    this.hours = hours;
    this.room = room;
  }

  static void read(
      SourceFile file, List<Axis> axes, int timeColumn, TimeColumn times, DoubledHours into) {
    try (SeriesMemory room = new SeriesMemory();
        SourceFile again = file.again()) {
      HoursReader reader = new HoursReader(axes, timeColumn, times, into, room);
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
      long later = times.later();
      String key = key(line);
      if (key.length() <= LONGEST_KEY && hours.add(key, line.number(), start, later)) {
        room.reserve(1 + key.length() / CHARACTERS_OF_A_SERIES);
      }
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
