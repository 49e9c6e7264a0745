package io.refdata.perf.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run came to: results as they come, what is missing, and claims. */
final class Outcome {
  private final Targets targets;
  private final boolean small;
  private final @Nullable Baseline baseline;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final List<String> withoutTarget = new ArrayList<>();
  private final Map<String, String> unmeasurable = new TreeMap<>();
  private final List<Claim> claims = new ArrayList<>();

  /**
   * @param small whether the bounds of small runs hold
   * @param baseline to compare with; null for none
   */
  Outcome(Targets targets, boolean small, @Nullable Baseline baseline) {
    this.targets = targets;
    this.small = small;
    this.baseline = baseline;
  }

  /** Keeps a measurement; null if there is no target for it, which makes the gate fail. */
  @Nullable Result add(Measurement measurement) {
    Result result = judge(measurement);
    if (result == null) {
      withoutTarget.add(measurement.id());
    } else if (results.put(measurement.id(), result) != null) {
      throw new IllegalStateException(measurement.id() + " was measured twice");
    }
    return result;
  }

  /** What a measurement means; null if there is no target for it. */
  @Nullable Result judge(Measurement measurement) {
    Target target = targets.get(measurement.id());
    if (target == null) {
      return null;
    }
    Verdict verdict = target.judge(measurement.value(), small);
    Comparison comparison = baseline == null ? null : baseline.compare(target, measurement);
    if (comparison != null) {
      verdict = verdict.or(comparison.verdict());
    }
    return new Result(target, measurement, comparison, verdict);
  }

  /** Notes why a target cannot be measured here: forgiven in a small run, not in a full one. */
  void cannotMeasure(String id, String why) {
    unmeasurable.put(id, why);
  }

  void add(Claim claim) {
    claims.add(claim);
  }

  boolean isSmall() {
    return small;
  }

  /** The baseline's name; null without one. */
  @Nullable String baseline() {
    return baseline == null ? null : baseline.name();
  }

  /** In the order of the targets. */
  List<Result> results() {
    List<Result> ordered = new ArrayList<>();
    for (Target target : targets.all()) {
      Result result = results.get(target.id());
      if (result != null) {
        ordered.add(result);
      }
    }
    return ordered;
  }

  List<Claim> claims() {
    return List.copyOf(claims);
  }

  /** How many results are so. */
  long count(Verdict verdict) {
    return results.values().stream().filter(result -> result.verdict() == verdict).count();
  }

  /** The ids of targets that nothing measured, each with why, as far as that is known. */
  Map<String, String> unmeasured() {
    Map<String, String> missing = new LinkedHashMap<>();
    for (Target target : targets.all()) {
      if (!results.containsKey(target.id())) {
        missing.put(target.id(), unmeasurable.getOrDefault(target.id(), "nothing measured it"));
      }
    }
    return missing;
  }

  /** Those of them without which a small run goes on. */
  Map<String, String> forgiven() {
    Map<String, String> forgiven = unmeasured();
    forgiven.keySet().removeIf(id -> !small || !unmeasurable.containsKey(id));
    return forgiven;
  }

  /** Why the gate fails, a line each; empty if it does not. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (Result result : results()) {
      if (result.verdict() == Verdict.CRITICAL) {
        failures.add(result.text(small));
      }
    }
    Map<String, String> forgotten = unmeasured();
    forgotten.keySet().removeAll(forgiven().keySet());
    forgotten.forEach((id, why) -> failures.add("not measured: " + id + ", " + why));
    for (String id : withoutTarget) {
      failures.add("measured without a target: " + id);
    }
    return failures;
  }
}
