package io.refdata.persistence.alert;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A rule that finds situations that may need the attention of an operator. A new rule is a bean
 * that implements this: it is found by itself. It needs a chapter in {@code docs/operations.md}.
 */
public interface AlertRule {
  /** Where a rule is looked at. */
  enum Scope {
    /** On each node, which the labels name. */
    NODE,
    /** On one node at a time. */
    PLATFORM
  }

  /**
   * The properties of a rule that do not change.
   *
   * @param name in capitals
   * @param unit of its values, such as {@code seconds} or {@code percent}
   * @param bounds when a value is an alert, unless an operator has changed that
   * @param look the address that shows more, from the root of the server
   */
  record Description(String name, Scope scope, String unit, Bounds bounds, String look) {}

  Description description();

  default String name() {
    return description().name();
  }

  /**
   * The situations that there are now. A subject that is not among them is well again. If it fails,
   * all alerts of the rule stay as they are.
   *
   * @param database a session of its own, not in a transaction; its waits are bounded
   */
  List<Situation> evaluate(Handle database);
}
