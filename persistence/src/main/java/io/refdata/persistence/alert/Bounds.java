package io.refdata.persistence.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the value of a rule is an alert.
 *
 * @param worse the side on which a value is bad
 * @param warning the bound of a WARNING, itself included; null if there are none
 * @param critical the bound of a CRITICAL, itself included; null if there are none
 * @param margin how much better than its bound a value must be to end the severity, as a share of
 *     the bound: from 0 to less than 1
 * @param openAfter how long a value must be bad before an alert opens or gets worse
 * @param closeAfter how long it must be good before an alert gets better or closes
 */
public record Bounds(
    Worse worse,
    @Nullable Double warning,
    @Nullable Double critical,
    double margin,
    Duration openAfter,
    Duration closeAfter) {
  private static final double MARGIN = 0.1;
  private static final Duration STANDARD = Duration.ofSeconds(30);

  /** The side on which a value is bad. */
  public enum Worse {
    HIGH,
    LOW
  }

  /** Bad from some values up; alerts open and close after half a minute. */
  public static Bounds atLeast(@Nullable Double warning, @Nullable Double critical) {
    return new Bounds(Worse.HIGH, warning, critical, MARGIN, STANDARD, STANDARD);
  }

  /** Bad from some values down; alerts open and close after half a minute. */
  public static Bounds atMost(@Nullable Double warning, @Nullable Double critical) {
    return new Bounds(Worse.LOW, warning, critical, MARGIN, STANDARD, STANDARD);
  }

  /** The same with another time to open. */
  public Bounds openAfter(Duration time) {
    return new Bounds(worse, warning, critical, margin, time, closeAfter);
  }

  /** The same with another time to close. */
  public Bounds closeAfter(Duration time) {
    return new Bounds(worse, warning, critical, margin, openAfter, time);
  }

  /** The same with another margin. */
  public Bounds margin(double share) {
    return new Bounds(worse, warning, critical, share, openAfter, closeAfter);
  }

  /**
   * The severity of a value.
   *
   * @param value null if the subject is not there any more
   * @param present the severity now: it ends only when the value is better by the margin
   */
  Severity of(@Nullable Double value, Severity present) {
    if (value == null || value.isNaN()) {
      return Severity.NONE;
    } else if (isReached(critical, value, present == Severity.CRITICAL)) {
      return Severity.CRITICAL;
    }
    return isReached(warning, value, present != Severity.NONE) ? Severity.WARNING : Severity.NONE;
  }

  private boolean isReached(@Nullable Double bound, double value, boolean isHeld) {
    if (bound == null) {
      return false;
    }
    double slack = isHeld ? Math.abs(bound) * margin : 0;
    return worse == Worse.HIGH ? value >= bound - slack : value <= bound + slack;
  }
}
