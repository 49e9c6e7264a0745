package io.refdata.api.performance;

import io.refdata.api.performance.OwnRequests.Answer;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The requests of one run, at its pace, and what they ask for. */
final class Probes {
  /** The number of times that the same is timed: {@code -Drefdata.performance.probes}. */
  static final int TIMES = (int) Setting.PERFORMANCE_PROBES.number();

  /** Why targets about facilities have no data. */
  static final String NO_FACILITY = "There is no facility.";

  /** Why targets about series have no data. */
  static final String NO_SERIES = "No dataset has observations.";

  private final Pace pace;
  private final OwnRequests requests;
  private final Subjects subjects;

  private Probes(Pace pace, OwnRequests requests, Subjects subjects) {
    this.pace = pace;
    this.requests = requests;
    this.subjects = subjects;
  }

  /** Finds what to ask for. */
  static Probes begin(Pace pace) throws IOException {
    OwnRequests requests = new OwnRequests(pace);
    return new Probes(pace, requests, Subjects.find(requests));
  }

  Pace pace() {
    return pace;
  }

  OwnRequests requests() {
    return requests;
  }

  Subjects subjects() {
    return subjects;
  }

  /** True if there are facilities. */
  boolean hasItems() {
    return !subjects.items().isEmpty();
  }

  /** The path of a facility, another one each time while there are some. */
  String item(int number) {
    return subjects.items().get(number % subjects.items().size());
  }

  /** Asks past the response cache, some times. */
  List<Answer> uncached(int times, Paths paths) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      answers.add(requests.uncached(paths.at(i)));
    }
    return answers;
  }

  /** The paths of requests that follow each other. */
  @FunctionalInterface
  interface Paths {
    String at(int number);
  }
}
