package io.refdata.domain.calculation;

import io.refdata.domain.derivation.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a line, the fast one, crosses another, the slow one. It does so at the first bar at which
 * it is on the other side than when they were last apart: to touch the other is no crossing. Where
 * one of them has no value, nothing is known, and the side before still counts.
 *
 * @param fast the line that crosses, mostly the one over fewer bars
 * @param slow the line that is crossed
 */
public record Crossings(Line fast, Line slow) implements BarFunction {
  /** To which side the fast line goes. */
  public enum Direction {
    /** From below to above. */
    UP,
    /** From above to below. */
    DOWN
  }

  /**
   * A crossing.
   *
   * @param bar the index of the first bar on the new side
   */
  public record Crossing(int bar, Direction direction) {}

  @Override
  public FunctionName name() {
    return FunctionName.CROSSINGS;
  }

  @Override
  public String label() {
    return name() + ":" + fast.label() + ":" + slow.label();
  }

  @Override
  public int columns() {
    return 0;
  }

  @Override
  public String[] statuses(Bars of) {
    String[] statuses = fast.statuses(of);
    String[] others = slow.statuses(of);
    Arrays.setAll(statuses, i -> Status.worse(statuses[i], others[i]));
    return statuses;
  }

  /** All crossings, by time. */
  public List<Crossing> of(Bars bars) {
    double[] crossing = fast.values(bars);
    double[] crossed = slow.values(bars);
    List<Crossing> found = new ArrayList<>();
    int side = 0;
    for (int i = 0; i < bars.size(); i++) {
      int now = crossing[i] > crossed[i] ? 1 : crossing[i] < crossed[i] ? -1 : 0;
      if (now != 0 && side != 0 && now != side) {
        found.add(new Crossing(i, now > 0 ? Direction.UP : Direction.DOWN));
      }
      side = now == 0 ? side : now;
    }
    return found;
  }
}
