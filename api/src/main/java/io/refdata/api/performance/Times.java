package io.refdata.api.performance;

import io.refdata.api.performance.OwnRequests.Answer;
import java.util.List;
import java.util.Locale;

/**
 * The times of equal requests.
 *
 * @param millis in rising order; at least one
 */
record Times(List<Double> millis) {
  Times {
    millis = millis.stream().sorted().toList();
  }

  static Times of(List<Answer> answers) {
    return new Times(answers.stream().map(Answer::millis).toList());
  }

  /** The time within which a part of the requests was answered; from 0 to 1. */
  double within(double part) {
    return millis.get(Math.max(0, (int) Math.ceil(part * millis.size()) - 1));
  }

  double median() {
    return within(0.5);
  }

  /** The times for a reader. */
  String text() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f, p95 %.2f, longest %.2f ms of %d",
        median(),
        within(0.95),
        within(1),
        millis.size());
  }
}
