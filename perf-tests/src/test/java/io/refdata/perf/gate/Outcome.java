package io.refdata.perf.gate;

import io.refdata.persistence.performance.Target;
import io.refdata.persistence.performance.Targets;
import io.refdata.persistence.performance.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The outcome of a run: its results so far, the missing targets, and the claims. */
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
   * @param baseline the run to compare with; null for none
   */
  Outcome(Targets targets, boolean small, @Nullable Baseline baseline) {
    this.targets = targets;
    this.small = small;
    this.baseline = baseline;
  }

  /** Adds a measurement; null if there is no target for it, which makes the gate fail. */
  @Nullable Result add(Measurement measurement) {
    Result result = judge(measurement);
    if (result == null) {
      withoutTarget.add(measurement.id());
    } else if (results.put(measurement.id(), result) != null) {
      throw new IllegalStateException(measurement.id() + " was measured twice");
    }
    return result;
  }

  /** Judges a measurement; null if there is no target for it. */
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

  /** Records why a target cannot be measured here: a small run still passes, a full run fails. */
  void cannotMeasure(String id, String why) {
    unmeasurable.put(id, why);
  }

  void add(Claim claim) {
    claims.add(claim);
  }

  boolean isSmall() {
    return small;
  }

  /** The name of the baseline; null without a baseline. */
  @Nullable String baseline() {
    return baseline == null ? null : baseline.name();
  }

  /** The results in the order of the targets. */
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

  /** The number of results with a verdict. */
  long count(Verdict verdict) {
    return results.values().stream().filter(result -> result.verdict() == verdict).count();
  }

  /** The ids of targets that were not measured, each with the reason if it is known. */
  Map<String, String> unmeasured() {
    Map<String, String> missing = new LinkedHashMap<>();
    for (Target target : targets.all()) {
      if (!results.containsKey(target.id())) {
        missing.put(target.id(), unmeasurable.getOrDefault(target.id(), "nothing measured it"));
      }
    }
    return missing;
  }

  /** The unmeasured targets that do not make a small run fail. */
  Map<String, String> forgiven() {
    Map<String, String> forgiven = unmeasured();
    forgiven.keySet().removeIf(id -> !small || !unmeasurable.containsKey(id));
    return forgiven;
  }

  /** The reasons why the gate fails, one line each; empty if it passes. */
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
