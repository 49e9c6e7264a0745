package io.refdata.api.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.domain.item.fault.Fault;
import io.refdata.persistence.alert.AlertRules.Change;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.json.Members;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the change of a rule that a client sent. */
final class RuleChange {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final double LARGEST = 1e18;

  private RuleChange() {}

  /**
   * Reads a body.
   *
   * @param standard the bounds in the code
   * @throws Problem if there are faults; it names them all
   */
  static Change parse(JsonNode body, Bounds standard) {
    List<Fault> faults = new ArrayList<>();
    Members members = Members.of(body, faults);
    Double warning = bound(members, "warning");
    Double critical = bound(members, "critical");
    Double margin = number(members, "margin", 0.99);
    if (margin != null && margin < 0) {
      members.fault("margin", "must be from 0 to 0.99");
    }
    Change change =
        new Change(
            warning,
            critical,
            margin,
            time(members, "openAfter"),
            time(members, "closeAfter"),
            members.flag("enabled").orElse(true));
    members.end();
    checkOrder(
        members,
        warning == null ? standard.warning() : warning,
        critical == null ? standard.critical() : critical,
        standard.worse());
    if (!faults.isEmpty()) {
      throw Problem.invalid(
          faults.stream()
              .map(fault -> Problem.Error.pointer(fault.pointer(), fault.detail()))
              .toList());
    }
    return change;
  }

  private static void checkOrder(
      Members members, @Nullable Double warning, @Nullable Double critical, Bounds.Worse worse) {
    if (warning != null && critical != null) {
      int order = Double.compare(warning, critical);
      if (worse == Bounds.Worse.HIGH ? order > 0 : order < 0) {
        members.fault("warning", "%s is worse than critical, %s".formatted(warning, critical));
      }
    }
  }

  /** No value is below 0, so it would always be reached. */
  private static @Nullable Double bound(Members members, String name) {
    Double bound = number(members, name, LARGEST);
    if (bound != null && bound <= 0) {
      members.fault(name, "must be above 0");
      return null;
    }
    return bound;
  }

  private static @Nullable Double number(Members members, String name, double most) {
    JsonNode value = members.any(name).orElse(null);
    if (value == null) {
      return null;
    }
    if (!value.isNumber() || !(Math.abs(value.doubleValue()) <= most)) {
      members.fault(name, "must be a number of at most " + most);
      return null;
    }
    return value.doubleValue();
  }

  private static @Nullable Duration time(Members members, String name) {
    String text = members.text(name).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      Duration time = Duration.parse(text);
      if (!time.isNegative() && time.compareTo(LONGEST) <= 0) {
        return time;
      }
    } catch (DateTimeException e) {
      // The same fault as for one out of bounds.
    }
    members.fault(name, "must be a duration like PT30S, at most " + LONGEST);
    return null;
  }
}
