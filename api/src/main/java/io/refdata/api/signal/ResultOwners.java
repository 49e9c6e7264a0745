package io.refdata.api.signal;

import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Asked;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.feature.FeatureSetOutdated;
import io.refdata.persistence.signal.Signal;
import io.refdata.persistence.signal.Signals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sees to it that each result has one signal that works it out, and none is left behind: it would
 * look as if it was right, and never change again. Nor do results go on from those that something
 * else gave: where retention has removed what results were made of, nobody could tell.
 */
@ApplicationScoped
class ResultOwners {
  private static final String INTO = "into";

  @Inject private Signals signals;
  @Inject private SignalOrigins origins;
  @Inject private HeldObservations observations;

  /**
   * Checks what a signal is to be.
   *
   * @param origin the member that says what gives the results
   * @return the signals that it was checked against
   * @throws InvalidItem if another signal writes some of the results, or if some of its own would
   *     be left behind, or go on from others
   */
  List<Signal> check(Code code, SignalForm form, Dataset target, String origin) {
    List<Signal> beside = signals.beside(code, Objects.requireNonNull(target.id()));
    for (Signal other : beside) {
      if (!other.code().equals(code) && form(other).filter(form::overlaps).isPresent()) {
        throw invalid(
            INTO,
            "has some of these results from the signal %s; a result can have one signal"
                .formatted(other.code()));
      }
    }
    Signal present =
        beside.stream().filter(one -> one.code().equals(code)).findFirst().orElse(null);
    Optional<SignalForm> before = present == null ? Optional.empty() : form(present);
    if (present != null && before.isPresent()) {
      boolean elsewhere = !present.target().equals(target.code().value());
      List<Code> left = elsewhere ? before.get().results() : form.leaves(before.get());
      if (!left.isEmpty() && isThere(present.target(), before.get(), left)) {
        throw invalid(
            elsewhere ? INTO : origin,
            "would leave results of %s in %s that are not worked out any more; write another signal, or delete this one first: then they stay"
                .formatted(left.get(0), present.target()));
      }
      List<Code> other = elsewhere ? List.of() : form.differs(before.get());
      if (!other.isEmpty() && isThere(present.target(), before.get(), other)) {
        throw invalid(
            origin,
            "would go on from results of %s in %s that something else gave; write another signal, into another dataset"
                .formatted(other.get(0), present.target()));
      }
    }
    return beside;
  }

  private static InvalidItem invalid(String member, String detail) {
    return new InvalidItem(List.of(new Fault("/" + member, detail)));
  }

  /** Empty if what gives the results is not there any more: then its runs fail, and say so. */
  private Optional<SignalForm> form(Signal signal) {
    try {
      return Optional.of(origins.form(signal));
    } catch (InvalidItem | NoSuchItem | FeatureSetOutdated | UnansweredQuestion e) {
      return Optional.empty();
    }
  }

  private boolean isThere(String target, SignalForm form, List<Code> results) {
    Dataset dataset = observations.dataset(new Code(target), Parameters.of(Map.of()));
    List<List<Code>> pattern = new ArrayList<>(form.units());
    pattern.add(results);
    return observations.haveValue(new Asked(INTO, dataset, pattern));
  }
}
