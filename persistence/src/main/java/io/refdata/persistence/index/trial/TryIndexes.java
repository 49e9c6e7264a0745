package io.refdata.persistence.index.trial;

import io.refdata.persistence.index.advice.Recommendation;
import io.refdata.persistence.index.advice.Recommendation.Kind;
import io.refdata.persistence.index.advice.Recommendation.Measured;
import io.refdata.persistence.index.advice.Recommendation.State;
import io.refdata.persistence.index.advice.Recommendations;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.OptimizationLog.Work;
import io.refdata.persistence.upkeep.Outcome;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes on with the recommendations under trial: builds or drops an index, measures, adopts or
 * undoes it. Each run takes each of them as far as it gets. What a crash cuts off, the next run
 * repeats: all steps can be done twice.
 */
@Dependent
public class TryIndexes implements Task {
  private static final Set<State> UNDER_WAY =
      Set.of(State.APPLYING, State.MEASURING, State.ADOPTING, State.UNDOING);

  private final Recommendations recommendations;
  private final Builds builds;
  private final Measurements measurements;
  private final OptimizationLog log;
  private final TrialRules rules;

  @Inject
  public TryIndexes(
      Recommendations recommendations,
      Builds builds,
      Measurements measurements,
      OptimizationLog log) {
    this(recommendations, builds, measurements, log, TrialRules.ofSettings());
  }

  /** With other rules than those of the settings. */
  public TryIndexes(
      Recommendations recommendations,
      Builds builds,
      Measurements measurements,
      OptimizationLog log,
      TrialRules rules) {
    this.recommendations = recommendations;
    this.builds = builds;
    this.measurements = measurements;
    this.log = log;
    this.rules = rules;
  }

  @Override
  public String name() {
    return "TRY_INDEXES";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  /** It builds indexes, of large tables too. */
  @Override
  public Pace pace() {
    return Pace.LONG;
  }

  @Override
  public void run(Consumer<Step> done) {
    for (Recommendation one : recommendations.underTrial()) {
      Steps steps = new Steps(one, done);
      switch (one.state()) {
        case APPLYING -> apply(one, steps);
        case MEASURING -> judge(one, steps);
        case ADOPTING -> adopt(one, steps);
        case UNDOING -> undo(one, steps);
        default -> throw new IllegalStateException(one.state().name());
      }
    }
  }

  /** Runs the steps of one trial on the record. */
  private final class Steps {
    private final Recommendation one;
    private final Consumer<Step> done;

    private Steps(Recommendation one, Consumer<Step> done) {
      this.one = one;
      this.done = done;
    }

    /**
     * True if it is done. What has failed waits for the operator, what is postponed for the next
     * run.
     */
    private boolean run(String subject, Work work) {
      return log.run(
          name(),
          one.id() + " " + subject,
          work,
          step -> {
            if (step.outcome() == Outcome.FAILED) {
              recommendations.move(one.id(), UNDER_WAY, State.FAILED, step.detail());
            }
            done.accept(step);
          });
    }

    private boolean run(String subject, Runnable work) {
      return run(
          subject,
          () -> {
            work.run();
            return null;
          });
    }
  }

  private static boolean adds(Recommendation one) {
    return one.kind() == Kind.MISSING;
  }

  private void apply(Recommendation one, Steps steps) {
    measurements.beforeBuild(one);
    if (adds(one) ? buildAll(one, steps) : dropAll(one, steps)) {
      measurements.begin(one);
      recommendations.move(one.id(), Set.of(State.APPLYING), State.MEASURING, null);
    }
  }

  /** The hottest partition first; false if one is left to the next run. */
  private boolean buildAll(Recommendation one, Steps steps) {
    for (Leaf leaf : builds.leaves(one)) {
      if (!steps.run(
          "build " + leaf.qualifiedIndex(),
          () -> builds.build(leaf, one.form(), rules.buildWait()))) {
        return false;
      }
    }
    return true;
  }

  private boolean dropAll(Recommendation one, Steps steps) {
    for (Leaf leaf : builds.leaves(one)) {
      if (!steps.run("drop " + leaf.qualifiedIndex(), () -> builds.drop(leaf, rules.buildWait()))) {
        return false;
      }
    }
    return true;
  }

  private void judge(Recommendation one, Steps steps) {
    Measured measured = measurements.measure(one);
    if (measured == null || measured.calls() < rules.calls()) {
      if (measurements.isOver(one, rules.time())) {
        String why =
            "Its statements were called %d times in %s; %d calls are needed to judge it."
                .formatted(measured == null ? 0 : measured.calls(), rules.time(), rules.calls());
        steps.run("judge", () -> why);
        recommendations.move(one.id(), Set.of(State.MEASURING), State.UNDECIDED, why);
      }
      return;
    }
    boolean kept =
        adds(one)
            ? measured.gain() >= one.gain() * rules.kept()
            : measured.gain() >= -(1 - rules.kept());
    String why =
        String.format(
            Locale.ROOT,
            "%.3f ms a call before, %.3f ms now, over %d calls: %.0f %% saved, %.0f %% promised.",
            measured.before(),
            measured.after(),
            measured.calls(),
            100 * measured.gain(),
            100 * one.gain());
    steps.run("judge", () -> why);
    State next = kept ? State.ADOPTING : State.UNDOING;
    if (recommendations.move(one.id(), Set.of(State.MEASURING), next, why)) {
      if (kept) {
        adopt(one, steps);
      } else {
        undo(one, steps);
      }
    }
  }

  /** An index of a single table is there already; those of partitions become one. */
  private void adopt(Recommendation one, Steps steps) {
    if (!adds(one) || !builds.isPartitioned(one) || adoptPartitions(one, steps)) {
      finish(one, State.ADOPTING, State.ADOPTED);
    }
  }

  private boolean adoptPartitions(Recommendation one, Steps steps) {
    if (!steps.run(
        "create on " + one.table(),
        () -> builds.createOnParent(one, one.form(), rules.lockWait()))) {
      return false;
    }
    // Partitions that came since the trial have no index yet.
    if (!buildAll(one, steps)) {
      return false;
    }
    List<Leaf> leaves = builds.leaves(one);
    boolean all = true;
    for (Leaf leaf : leaves) {
      all &=
          steps.run(
              "attach " + leaf.qualifiedIndex(), () -> builds.attach(one, leaf, rules.lockWait()));
    }
    return all;
  }

  private void undo(Recommendation one, Steps steps) {
    if (adds(one) ? dropAll(one, steps) : buildAll(one, steps)) {
      finish(one, State.UNDOING, State.UNDONE);
    }
  }

  private void finish(Recommendation one, State from, State to) {
    String message = recommendations.find(one.id()).map(Recommendation::message).orElse(null);
    recommendations.move(one.id(), Set.of(from), to, message);
  }
}
