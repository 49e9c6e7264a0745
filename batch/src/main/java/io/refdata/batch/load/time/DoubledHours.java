package io.refdata.batch.load.time;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the order of lines which instant a local time is that comes twice, because clocks are
 * set back. The lines of a series go forwards or backwards in time, and within the doubled hour
 * they begin anew once. If the lines do not show that, nothing is told.
 */
public final class DoubledHours {
  private final Map<String, Run> runByKey = new HashMap<>();
  private final Set<Long> laterLines = new HashSet<>();
  private final Set<Long> earlierLines = new HashSet<>();

  /**
   * A line whose time comes twice.
   *
   * @param earlier the earlier instant, in microseconds since 1970-01-01T00:00:00Z
   */
  private record Doubled(long line, long earlier, long later) {
    /** Whether another time is doubled because of the same change of clocks. */
    boolean sameHour(Doubled other) {
      return Math.abs(other.earlier - earlier) < later - earlier;
    }
  }

  /** Lines of a series, one after the other, in the same doubled hour. */
  private static final class Run {
    private final List<Doubled> lines = new ArrayList<>();
    private @Nullable Long before;
  }

  /**
   * Adds a line, in the order of the file.
   *
   * @param key what tells its series from others
   * @param earlier its instant, or the earlier of two
   * @param later {@link TimeColumn#NONE} if the time does not come twice
   * @return whether it is the first line of its series
   */
  public boolean add(String key, long line, long earlier, long later) {
    int known = runByKey.size();
    add(runByKey.computeIfAbsent(key, first -> new Run()), line, earlier, later);
    return runByKey.size() > known;
  }

  private void add(Run run, long line, long earlier, long later) {
    if (later == TimeColumn.NONE) {
      end(run, earlier);
      run.before = earlier;
      return;
    }
    Doubled next = new Doubled(line, earlier, later);
    if (!run.lines.isEmpty() && !run.lines.get(0).sameHour(next)) {
      Long last = run.lines.get(run.lines.size() - 1).earlier;
      end(run, earlier);
      run.before = last;
    }
    run.lines.add(next);
  }

  /** All lines are added. */
  public void end() {
    runByKey.values().forEach(run -> end(run, null));
    runByKey.clear();
  }

  /**
   * The instant of a line whose time comes twice; {@link TimeColumn#NONE} if the lines do not tell.
   */
  public long of(long line, long earlier, long later) {
    return laterLines.contains(line)
        ? later
        : earlierLines.contains(line) ? earlier : TimeColumn.NONE;
  }

  private void end(Run run, @Nullable Long after) {
    if (!run.lines.isEmpty()) {
      decide(run, after);
      run.lines.clear();
    }
  }

  private void decide(Run run, @Nullable Long after) {
    Doubled first = run.lines.get(0);
    Doubled last = run.lines.get(run.lines.size() - 1);
    Long before = run.before;
    boolean forwards =
        before != null && before < first.earlier || after != null && after > last.later;
    boolean backwards =
        before != null && before > first.later || after != null && after < last.earlier;
    List<Integer> notUp = steps(run.lines, 1);
    List<Integer> notDown = steps(run.lines, -1);
    if (forwards == backwards) {
      // The lines around do not show it: perhaps those within do.
      forwards = !forwards && notUp.size() == 1 && notDown.size() > 1;
      backwards = !backwards && notDown.size() == 1 && notUp.size() > 1;
    }
    if (forwards && !backwards && notUp.size() == 1) {
      split(run.lines, notUp.get(0), earlierLines, laterLines);
    } else if (backwards && !forwards && notDown.size() == 1) {
      split(run.lines, notDown.get(0), laterLines, earlierLines);
    }
  }

  /** The indexes of lines that do not follow the one before in a direction. */
  private static List<Integer> steps(List<Doubled> lines, int direction) {
    List<Integer> against = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (Long.compare(lines.get(i).earlier, lines.get(i - 1).earlier) != direction) {
        against.add(i);
      }
    }
    return against;
  }

  private static void split(List<Doubled> lines, int at, Set<Long> before, Set<Long> from) {
    for (int i = 0; i < lines.size(); i++) {
      (i < at ? before : from).add(lines.get(i).line);
    }
  }
}
