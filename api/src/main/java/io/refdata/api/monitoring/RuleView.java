package io.refdata.api.monitoring;

import io.refdata.persistence.alert.AlertMessage;
import io.refdata.persistence.alert.AlertRule.Description;
import io.refdata.persistence.alert.AlertRule.Scope;
import io.refdata.persistence.alert.AlertRules.InForce;
import io.refdata.persistence.alert.Bounds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rule as it is in force; durations are in the form of ISO 8601. */
record RuleView(
    String rule,
    Scope scope,
    String unit,
    Bounds.Worse worse,
    @Nullable Double warning,
    @Nullable Double critical,
    double margin,
    String openAfter,
    String closeAfter,
    boolean enabled,
    @Nullable Instant changed,
    String look,
    String runbook) {

  static RuleView of(InForce inForce) {
    Description rule = inForce.rule().description();
    Bounds bounds = inForce.bounds();
    return new RuleView(
        rule.name(),
        rule.scope(),
        rule.unit(),
        bounds.worse(),
        bounds.warning(),
        bounds.critical(),
        bounds.margin(),
        bounds.openAfter().toString(),
        bounds.closeAfter().toString(),
        inForce.enabled(),
        inForce.changed(),
        rule.look(),
        AlertMessage.runbook(rule.name()));
  }
}
