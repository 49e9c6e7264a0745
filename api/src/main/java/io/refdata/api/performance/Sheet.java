package io.refdata.api.performance;

import io.refdata.persistence.performance.PerformanceFigures.Figure;
import io.refdata.persistence.performance.PerformanceResult;
import io.refdata.persistence.performance.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The results of one test. */
final class Sheet {
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final Map<String, PerformanceResult> results = new LinkedHashMap<>();

  Sheet(List<Target> all) {
    all.forEach(target -> targets.put(target.id(), target));
  }

  /** Judges a figure. */
  void measured(String target, double figure, String detail) {
    put(target, PerformanceResult.of(target(target), figure, detail));
  }

  /** Judges a figure, if there is one. */
  void measured(String target, Optional<Figure> figure, String whyNot) {
    figure.ifPresentOrElse(
        found -> measured(target, found.value(), found.detail()), () -> noData(target, whyNot));
  }

  /** Says why there is nothing to measure. */
  void noData(String target, String whyNot) {
    put(target, PerformanceResult.of(target(target), null, whyNot));
  }

  /** All that is not judged yet has no data. */
  void endWithoutData(String whyNot) {
    fill(target -> PerformanceResult.of(target, null, whyNot));
  }

  /** All that is not judged yet is critical, because the system did not answer. */
  void endFailed(String how) {
    fill(target -> PerformanceResult.failed(target, how));
  }

  private void fill(Function<Target, PerformanceResult> result) {
    targets.forEach((id, target) -> results.computeIfAbsent(id, added -> result.apply(target)));
  }

  private Target target(String id) {
    Target target = targets.get(id);
    if (target == null) {
      throw new IllegalStateException("targets.yaml has no target " + id + " in this test");
    }
    return target;
  }

  private void put(String target, PerformanceResult result) {
    if (results.put(target, result) != null) {
      throw new IllegalStateException(target + " was measured twice");
    }
  }

  /** The results in the order of the targets. */
  List<PerformanceResult> results() {
    List<PerformanceResult> ordered = new ArrayList<>();
    for (String id : targets.keySet()) {
      PerformanceResult result = results.get(id);
      if (result == null) {
        throw new IllegalStateException(id + " was forgotten");
      }
      ordered.add(result);
    }
    return ordered;
  }
}
