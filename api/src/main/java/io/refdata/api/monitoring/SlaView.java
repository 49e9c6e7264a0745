package io.refdata.api.monitoring;

import io.refdata.persistence.sla.Sla;
import io.refdata.persistence.sla.SlaState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An SLA and how far it is kept, as JSON. */
record SlaView(
    String name,
    Sla.Kind kind,
    @Nullable String dataset,
    @Nullable String layout,
    @Nullable String route,
    double objective,
    String window,
    @Nullable String bound,
    @Nullable Double boundMs,
    @Nullable Double least,
    Instant changedAt,
    String changedBy,
    Measurement measurement) {

  /** The events that were counted, the share of good ones, and the error budget that is left. */
  record Measurement(
      Instant at,
      boolean measured,
      long events,
      long bad,
      @Nullable Double compliance,
      @Nullable Boolean kept,
      @Nullable Double budgetLeft,
      List<SlaState.Burn> burnRates) {}

  static SlaView of(SlaState state) {
    Sla sla = state.sla();
    return new SlaView(
        state.name(),
        sla.kind(),
        sla.dataset(),
        sla.layout(),
        sla.route(),
        sla.objective(),
        sla.window(),
        sla.bound(),
        sla.bound() == null ? sla.boundMs() : null,
        sla.least(),
        state.changedAt(),
        state.changedBy(),
        new Measurement(
            state.at(),
            state.measured(),
            state.events(),
            state.bad(),
            state.compliance(),
            state.kept(),
            state.budgetLeft(),
            state.burns()));
  }
}
