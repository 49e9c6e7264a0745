package io.refdata.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.settings.Setting;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The parameters of a request, from its URL or from the members of a body. Those that were asked
 * for are the ones there may be: {@link #end()} refuses all others, so a misspelt filter is never
 * ignored, and names every fault at once.
 */
public final class Parameters {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;
  private static final Pattern WHOLE = Pattern.compile("0*+[1-9]\\d{0,8}+");

  /** More faults than these help nobody, and would make of a short question a long answer. */
  private static final int MOST_FAULTS = 100;

  /**
   * How many values a filter may have, {@code refdata.filter.values}; they are all held in memory,
   * and looked up one by one.
   */
  private static final int MOST_VALUES = (int) Setting.FILTER_VALUES.number();

  /** How often a parameter may be given of which each makes the question a more complicated one. */
  private static final int MOST_TIMES = 50;

  private final TreeMap<String, List<String>> given;
  private final BiFunction<String, String, Problem.Error> error;
  private final Set<String> known = new TreeSet<>();
  private final List<Problem.Error> errors = new ArrayList<>();

  private Parameters(
      Map<String, List<String>> given, BiFunction<String, String, Problem.Error> error) {
    this.given = new TreeMap<>(given);
    // Between two ampersands in a row there is none.
    if (this.given.getOrDefault("", List.of()).stream().allMatch(String::isEmpty)) {
      this.given.remove("");
    }
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
        text.filter(value -> WHOLE.matcher(value).matches())
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

  /**
   * Every value of a parameter of which each narrows the answer once more.
   *
   * @return none if there are too many, which is a fault
   */
  public List<String> each(String name) {
    List<String> values = all(name);
    if (values.size() > MOST_TIMES) {
      fault(name, "can be given %,d times at most".formatted(MOST_TIMES));
      return List.of();
    }
    return values.stream().allMatch(value -> isBounded(name, commas(value))) ? values : List.of();
  }

  /**
   * Every value of a parameter that stand for any of them, and may have several in it, divided by
   * commas.
   *
   * @return none if there are too many, which is a fault
   */
  public List<String> any(String name) {
    List<String> values = all(name);
    long several = values.stream().mapToLong(value -> 1 + commas(value)).sum();
    return isBounded(name, several) ? values : List.of();
  }

  private boolean isBounded(String name, long values) {
    if (values > MOST_VALUES) {
      fault(name, "takes at most %,d values".formatted(MOST_VALUES));
      return false;
    }
    return true;
  }

  private static long commas(String text) {
    return text.chars().filter(c -> c == ',').count();
  }

  /** Faults a parameter. */
  public void fault(String name, String detail) {
    if (errors.size() < MOST_FAULTS) {
      errors.add(error.apply(name, detail));
    }
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
