package io.refdata.persistence.index.trial;

import io.refdata.persistence.index.advice.Recommendation;
import io.refdata.persistence.index.advice.Recommendation.Kind;
import io.refdata.persistence.index.advice.Recommendation.State;
import io.refdata.persistence.index.advice.Recommendations;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * The requests of operators that a recommendation be tried, adopted or undone. {@link TryIndexes}
 * does it.
 */
@Dependent
public class Trials {
  private final Recommendations recommendations;
  private final Builds builds;
  private final Event<TrialRequested> requested;

  @Inject
  public Trials(Recommendations recommendations, Builds builds, Event<TrialRequested> requested) {
    this.recommendations = recommendations;
    this.builds = builds;
    this.requested = requested;
  }

  /** Something is to be done at once. */
  public record TrialRequested(String id) {}

  /** True if only an operator can do it, since it would lock readers and writers out. */
  public boolean wouldLock(Recommendation one) {
    return one.kind() != Kind.MISSING && builds.isPartitioned(one);
  }

  /**
   * Begins the trial.
   *
   * @return false if the state of the recommendation does not allow it
   */
  public boolean apply(Recommendation one) {
    return move(one, Set.of(State.OPEN, State.UNDONE, State.FAILED), State.APPLYING);
  }

  /**
   * Adopts it, whatever was measured.
   *
   * @return false if it is not under trial
   */
  public boolean adopt(Recommendation one) {
    return move(one, Set.of(State.MEASURING, State.UNDECIDED), State.ADOPTING);
  }

  /**
   * Undoes it.
   *
   * @return false if it is not under trial
   */
  public boolean undo(Recommendation one) {
    return move(
        one, Set.of(State.APPLYING, State.MEASURING, State.UNDECIDED, State.FAILED), State.UNDOING);
  }

  private boolean move(Recommendation one, Set<State> from, State to) {
    boolean moved = recommendations.move(one.id(), from, to, null);
    if (moved) {
      requested.fire(new TrialRequested(one.id()));
    }
    return moved;
  }
}
