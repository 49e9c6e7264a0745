package io.refdata.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * The parameters of a request, from its URL or from the members of a body. Those that were asked
 * for are the ones there may be: {@link #end()} refuses all others, so a misspelt filter is never
 * ignored, and names every fault at once.
 */
public final class Parameters {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;

  private final TreeMap<String, List<String>> given;
  private final BiFunction<String, String, Problem.Error> error;
  private final Set<String> known = new TreeSet<>();
  private final List<Problem.Error> errors = new ArrayList<>();

  private Parameters(
      Map<String, List<String>> given, BiFunction<String, String, Problem.Error> error) {
    this.given = new TreeMap<>(given);
    this.error = error;
  }

  /** Those of the URL. */
  public static Parameters of(UriInfo uri) {
    return of(uri.getQueryParameters());
  }

  static Parameters of(Map<String, List<String>> given) {
    return new Parameters(given, Problem.Error::parameter);
  }

  /** Those in a JSON object: texts, numbers, or arrays of them. */
  public static Parameters of(JsonNode object) {
    Parameters parameters =
        new Parameters(Map.of(), (name, detail) -> Problem.Error.pointer("/" + name, detail));
    object.properties().forEach(member -> parameters.add(member.getKey(), member.getValue()));
    return parameters;
  }

  private void add(String name, JsonNode value) {
    List<String> values = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (one.isTextual() || one.isNumber()) {
        values.add(one.asText());
      } else if (!one.isNull()) {
        known.add(name);
        fault(name, "must be a text, a number, or an array of them");
      }
    }
    if (!values.isEmpty()) {
      given.put(name, values);
    }
  }

  /** Every value of a parameter. */
  public List<String> all(String name) {
    known.add(name);
    return given.getOrDefault(name, List.of());
  }

  /** The value of a parameter that can be given once. */
  public Optional<String> one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      fault(name, "can be given once only");
    }
    return values.stream().findFirst();
  }

  /** How many entries a page may have: 50 unless said, at most 1000. */
  public int limit() {
    return limit(MOST).orElse(DEFAULT_LIMIT);
  }

  /** How many entries an answer may have, if it is said. */
  public Optional<Integer> limit(int most) {
    return whole("limit", most);
  }

  /** A whole number from 1 on, if it is said. */
  public Optional<Integer> whole(String name, int most) {
    Optional<String> text = one(name);
    Optional<Integer> number =
        text.filter(value -> value.matches("0*[1-9]\\d{0,8}"))
            .map(Integer::valueOf)
            .filter(value -> value <= most);
    if (text.isPresent() && number.isEmpty()) {
      fault(name, "must be a whole number from 1 to " + most);
    }
    return number;
  }

  /** Where the page before ended. */
  public Optional<String> after() {
    return one("after");
  }

  /** Whether a parameter is {@code true}; else it is {@code false} or not there. */
  public boolean flag(String name) {
    Optional<String> value = one(name);
    value
        .filter(text -> !text.equals("true") && !text.equals("false"))
        .ifPresent(text -> fault(name, "must be true or false"));
    return value.filter("true"::equals).isPresent();
  }

  /** Faults a parameter. */
  public void fault(String name, String detail) {
    errors.add(error.apply(name, detail));
  }

  /** What a list is known by: its path and all that narrows it, not how it is paged and shown. */
  public String identity(String path) {
    TreeMap<String, List<String>> narrowing = new TreeMap<>(given);
    narrowing.keySet().removeAll(Set.of("limit", "after", "fields", "expand", "count"));
    return path + narrowing;
  }

  /**
   * Ends the reading.
   *
   * @throws Problem that names every fault, a parameter nobody has asked for among them
   */
  public void end() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        fault(name, "is no parameter here; there may be " + String.join(", ", known));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }
}
