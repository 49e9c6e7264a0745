package io.refdata.persistence.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The members of a JSON object that a client sent. An invalid member adds a fault with its JSON
 * pointer, and then counts as absent; a member that is null is absent too. The members that were
 * asked for are the allowed ones: {@link #end()} adds a fault for each other member.
 */
public final class Members {
  private final JsonNode object;
  private final String pointer;
  private final List<Fault> faults;
  private final Set<String> allowed = new TreeSet<>();

  private Members(JsonNode object, String pointer, List<Fault> faults) {
    this.object = object;
    this.pointer = pointer;
    this.faults = faults;
  }

  /**
   * @param object a JSON object
   * @param faults the list to which faults are added
   */
  public static Members of(JsonNode object, List<Fault> faults) {
    return new Members(object, "", faults);
  }

  /** The unchanged member, if it is there. */
  public Optional<JsonNode> any(String name) {
    allowed.add(name);
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  public Optional<String> text(String name) {
    return is(name, Members::isText, "a text").map(JsonNode::asText);
  }

  /** A text that is not blank. */
  public Optional<String> filledText(String name) {
    return is(name, value -> isText(value) && !value.asText().isBlank(), "a text, not empty")
        .map(JsonNode::asText);
  }

  /** A text that is not empty; it may be a space. */
  public Optional<String> someText(String name) {
    return is(name, value -> isText(value) && !value.asText().isEmpty(), "a text, not empty")
        .map(JsonNode::asText);
  }

  /** True if the member is there and null. */
  public boolean isNull(String name) {
    allowed.add(name);
    return object.path(name).isNull();
  }

  /** PostgreSQL cannot store a text with NUL in it. */
  private static boolean isText(JsonNode value) {
    return value.isTextual() && value.asText().indexOf('\0') < 0;
  }

  public Optional<Boolean> flag(String name) {
    return is(name, JsonNode::isBoolean, "true or false").map(JsonNode::asBoolean);
  }

  /** A whole number within bounds, both included. */
  public Optional<Integer> wholeNumber(String name, int least, int most) {
    return is(
            name,
            value ->
                value.isIntegralNumber()
                    && value.canConvertToInt()
                    && least <= value.asInt()
                    && value.asInt() <= most,
            "a whole number from " + least + " to " + most)
        .map(JsonNode::asInt);
  }

  /** One of some texts. */
  public Optional<String> oneOf(String name, List<String> allowed) {
    return is(
            name,
            value -> value.isTextual() && allowed.contains(value.asText()),
            "one of " + String.join(", ", allowed))
        .map(JsonNode::asText);
  }

  /** A constant of an enum, by its name. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.name());
    }
    return oneOf(name, names).map(chosen -> Enum.valueOf(type, chosen));
  }

  /** A reference by code, written as the plain code or as {@code {"code": …}}. */
  public Optional<Code> reference(String name) {
    return is(
            name,
            value -> Code.parse(referred(value)).isPresent(),
            "a code: 1 to 64 letters, digits and _ @ $ -")
        .flatMap(value -> Code.parse(referred(value)));
  }

  private static String referred(JsonNode value) {
    JsonNode code = value.isObject() ? value.path("code") : value;
    return code.isTextual() ? code.asText() : "";
  }

  public Optional<List<String>> texts(String name) {
    Optional<JsonNode> array = is(name, JsonNode::isArray, "an array of texts");
    if (array.isEmpty()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < array.get().size(); i++) {
      if (isText(array.get().get(i))) {
        texts.add(array.get().get(i).asText());
      } else {
        faults.add(new Fault(pointer(name) + "/" + i, "must be a text"));
      }
    }
    return Optional.of(texts);
  }

  public Optional<Members> object(String name) {
    return is(name, JsonNode::isObject, "an object")
        .map(value -> new Members(value, pointer(name), faults));
  }

  /** An array of objects, in their order; elements that are not objects are left out. */
  public Optional<List<Members>> objects(String name) {
    Optional<JsonNode> array = is(name, JsonNode::isArray, "an array of objects");
    if (array.isEmpty()) {
      return Optional.empty();
    }
    List<Members> members = new ArrayList<>();
    for (int i = 0; i < array.get().size(); i++) {
      JsonNode element = array.get().get(i);
      if (element.isObject()) {
        members.add(new Members(element, pointer(name) + "/" + i, faults));
      } else {
        faults.add(new Fault(pointer(name) + "/" + i, "must be an object"));
      }
    }
    return Optional.of(members);
  }

  /** All members as texts; for an object that is used as a map. */
  public Map<String, String> textByName() {
    Map<String, String> texts = new LinkedHashMap<>();
    names().forEach(name -> text(name).ifPresent(value -> texts.put(name, value)));
    return texts;
  }

  /** The names of all members that are there. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private Optional<JsonNode> is(String name, Predicate<JsonNode> valid, String expected) {
    Optional<JsonNode> value = any(name);
    if (value.isPresent() && !valid.test(value.get())) {
      fault(name, "must be " + expected);
      return Optional.empty();
    }
    return value;
  }

  /** Adds a fault if a required member is absent. */
  public void require(String name) {
    if (any(name).isEmpty()) {
      fault(name, "is missing");
    }
  }

  /** Adds a fault of a member. */
  public void fault(String name, String detail) {
    faults.add(new Fault(pointer(name), detail));
  }

  /** Adds a fault of this object itself. */
  public void fault(String detail) {
    faults.add(new Fault(pointer, detail));
  }

  /** Adds a fault for each member that was not asked for. */
  public void end() {
    for (String name : names()) {
      if (!allowed.contains(name)) {
        fault(name, "is not a member here; the members are " + String.join(", ", allowed));
      }
    }
  }

  private String pointer(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
