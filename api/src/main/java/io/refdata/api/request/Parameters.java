package io.refdata.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.settings.Setting;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The parameters of a request, from its URL or from the members of its body. A parameter exists if
 * the code reads it: {@link #end()} refuses all others, so a misspelt filter is never ignored. It
 * reports all faults together.
 */
public final class Parameters {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = (int) Setting.LISTS_LIMIT.number();
  private static final Pattern WHOLE = Pattern.compile("0*+[1-9]\\d{0,8}+");

  /** More faults do not help a client, and a short request must not get a very long response. */
  private static final int MAX_FAULTS = 100;

  /**
   * The most values of a filter, {@code refdata.filter.values}: all are held in memory, and each is
   * looked up.
   */
  private static final int MAX_VALUES = (int) Setting.FILTER_VALUES.number();

  /** The most repetitions of a parameter if each adds a condition to the query. */
  private static final int MAX_REPETITIONS = (int) Setting.FILTER_REPETITIONS.number();

  private final TreeMap<String, List<String>> given;
  private final BiFunction<String, String, Problem.Error> error;
  private final Set<String> readNames = new TreeSet<>();

  /** The names of JSON members that are true or false, as only {@link #flag} reads them. */
  private final Set<String> flags = new TreeSet<>();

  private final List<Problem.Error> errors = new ArrayList<>();

  private Parameters(
      Map<String, List<String>> given, BiFunction<String, String, Problem.Error> error) {
    this.given = new TreeMap<>(given);
    // Two ampersands in a row have no parameter between them.
    if (this.given.getOrDefault("", List.of()).stream().allMatch(String::isEmpty)) {
      this.given.remove("");
    }
    this.error = error;
  }

  /** The parameters of a URL. */
  public static Parameters of(UriInfo uri) {
    return of(uri.getQueryParameters());
  }

  /** The parameters of a URL, decoded. */
  public static Parameters of(Map<String, List<String>> given) {
    return new Parameters(given, Problem.Error::parameter);
  }

  /** The parameters in a JSON object: texts, numbers, arrays of them, true or false. */
  public static Parameters of(JsonNode object) {
    Parameters parameters =
        new Parameters(Map.of(), (name, detail) -> Problem.Error.pointer("/" + name, detail));
    object.properties().forEach(member -> parameters.add(member.getKey(), member.getValue()));
    return parameters;
  }

  private void add(String name, JsonNode value) {
    List<String> values = new ArrayList<>();
    boolean array = value.isArray();
    if (array && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isNull)) {
      readNames.add(name);
      fault(name, "is empty: that would select nothing; without it, all is selected");
    }
    if (value.isBoolean()) {
      flags.add(name);
      given.put(name, List.of(value.asText()));
      return;
    }
    for (JsonNode one : array ? value : List.of(value)) {
      if (one.isTextual() || one.isNumber()) {
        values.add(one.asText());
      } else if (!one.isNull()) {
        readNames.add(name);
        fault(name, "must be a text, a number, or an array of them");
      }
    }
    // One that is null counts as absent, but it must exist all the same.
    given.put(name, values);
  }

  /** Every value of a parameter. */
  public List<String> all(String name) {
    readNames.add(name);
    if (flags.contains(name)) {
      fault(name, "must be a text, a number, or an array of them");
      return List.of();
    }
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

  /** A constant of an enum, by its name; empty if the parameter is not given. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    Optional<String> given = one(name);
    Optional<E> constant =
        given.flatMap(
            text ->
                Arrays.stream(type.getEnumConstants())
                    .filter(candidate -> candidate.name().equals(text))
                    .findFirst());
    if (given.isPresent() && constant.isEmpty()) {
      fault(
          name,
          "must be "
              + Arrays.stream(type.getEnumConstants())
                  .map(Enum::name)
                  .collect(Collectors.joining(" or ")));
    }
    return constant;
  }

  /** The most entries of a page: 50 if not given, at most 1000. */
  public int limit() {
    return limit(MAX_LIMIT).orElse(DEFAULT_LIMIT);
  }

  /** The most entries of a response, if given. */
  public Optional<Integer> limit(int max) {
    return whole("limit", max);
  }

  /** A whole number of at least 1, if given. */
  public Optional<Integer> whole(String name, int max) {
    Optional<String> text = one(name);
    Optional<Integer> number =
        text.filter(value -> WHOLE.matcher(value).matches())
            .map(Integer::valueOf)
            .filter(value -> value <= max);
    if (text.isPresent() && number.isEmpty()) {
      fault(name, "must be a whole number from 1 to " + max);
    }
    return number;
  }

  /** The cursor at the end of the previous page. */
  public Optional<String> after() {
    return one("after");
  }

  /** Whether a parameter is {@code true}; false if it is {@code false} or missing. */
  public boolean flag(String name) {
    flags.remove(name);
    Optional<String> value = one(name);
    value
        .filter(text -> !text.equals("true") && !text.equals("false"))
        .ifPresent(text -> fault(name, "must be true or false"));
    return value.filter("true"::equals).isPresent();
  }

  /**
   * Every value of a parameter whose values must all match: each is one more condition.
   *
   * @return none if there are too many, which is a fault
   */
  public List<String> each(String name) {
    List<String> values = all(name);
    if (values.size() > MAX_REPETITIONS) {
      fault(name, "can be given %,d times at most".formatted(MAX_REPETITIONS));
      return List.of();
    }
    return values.stream().allMatch(value -> isBounded(name, commas(value))) ? values : List.of();
  }

  /**
   * Every value of a parameter of which one must match. A value can hold several, separated by
   * commas.
   *
   * @return none if there are too many, which is a fault
   */
  public List<String> any(String name) {
    List<String> values = all(name);
    long count = values.stream().mapToLong(value -> 1 + commas(value)).sum();
    return isBounded(name, count) ? values : List.of();
  }

  private boolean isBounded(String name, long values) {
    if (values > MAX_VALUES) {
      fault(name, "takes at most %,d values".formatted(MAX_VALUES));
      return false;
    }
    return true;
  }

  private static long commas(String text) {
    return text.chars().filter(c -> c == ',').count();
  }

  /** Adds a fault of a parameter. */
  public void fault(String name, String detail) {
    if (errors.size() < MAX_FAULTS) {
      errors.add(error.apply(name, detail));
    }
  }

  /**
   * The identity of a list: its path and its filters, without paging, the choice of fields, and the
   * format.
   */
  public String identity(String path) {
    TreeMap<String, List<String>> filters = new TreeMap<>(given);
    filters.values().removeIf(List::isEmpty);
    filters
        .keySet()
        .removeAll(
            Set.of("limit", "after", "fields", "expand", "count", "format", "download", "bom"));
    return path + filters;
  }

  /**
   * Ends the reading: a parameter that the code has not read is a fault.
   *
   * @throws Problem if there are faults; it names them all
   */
  public void end() {
    for (String name : given.keySet()) {
      if (!readNames.contains(name)) {
        fault(
            name,
            readNames.isEmpty()
                ? "is no parameter here; there is none"
                : "is no parameter here; there may be " + String.join(", ", readNames));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }
}
