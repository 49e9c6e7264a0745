package io.refdata.domain.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties that entities had, each from one revision of the reference data to another. */
public final class EntityStates {
  private final Map<String, List<State>> byCode = new HashMap<>();

  /**
   * The state of an entity for some time.
   *
   * @param from the first revision
   * @param before the revision that changed it; null if it is so still
   * @param values a text or a finite number for each property; null where there is none
   */
  public record State(int from, @Nullable Integer before, List<@Nullable Object> values) {}

  /** Adds a state of the entity of a code. */
  public void add(String code, State state) {
    byCode.computeIfAbsent(code, none -> new ArrayList<>()).add(state);
  }

  /** A property of an entity at a revision; null if it had none, or did not exist. */
  public @Nullable Object at(String code, int revision, int property) {
    for (State state : byCode.getOrDefault(code, List.of())) {
      Integer before = state.before();
      if (state.from() <= revision && (before == null || revision < before)) {
        return state.values().get(property);
      }
    }
    return null;
  }
}
