package io.refdata.api.item;

import io.refdata.api.request.OnDay;
import io.refdata.api.request.Parameters;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.MembershipDay;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the filter parameters of a list into conditions: one parameter for each property, and
 * {@code identifier}, {@code q}, {@code within} with {@code on}, and {@code bbox}.
 */
final class Filters {
  /**
   * The longest text for {@code q}. The database looks up each three letters of it and compares all
   * names that contain them.
   */
  private static final int MAX_TEXT = (int) Setting.FILTER_CHARACTERS.number();

  private static final Pattern OPERATION = Pattern.compile("([A-Za-z]+):(.*)", Pattern.DOTALL);
  private static final Pattern IDENTIFIER = Pattern.compile("([^:]+):(.+)", Pattern.DOTALL);
  private static final double MAX_LONGITUDE = 180;
  private static final double MAX_LATITUDE = 90;

  private final ItemType<?> type;
  private final Parameters parameters;
  private final List<Condition> conditions = new ArrayList<>();

  private Filters(ItemType<?> type, Parameters parameters) {
    this.type = type;
    this.parameters = parameters;
  }

  /**
   * @param dated true if the list is of a day even without a region in which its items lie
   */
  static List<Condition> of(ItemType<?> type, Parameters parameters, boolean dated) {
    Filters filters = new Filters(type, parameters);
    type.shown().forEach(filters::property);
    filters.name();
    filters.region();
    if (type == Catalogue.MEMBERSHIPS || type == Catalogue.CONVERSIONS) {
      OnDay.given(parameters)
          .map(day -> new Condition.InForce(type.periods().get(0), day))
          .ifPresent(filters.conditions::add);
    } else if (!dated) {
      filters.place().ifPresent(place -> OnDay.requireWithin(parameters));
    }
    return filters.conditions;
  }

  private void property(Property property) {
    String name = property.name();
    if (property.kind().isOrdered()) {
      parameters.each(name).forEach(value -> compare(property, value));
    } else if (property.kind() == PropertyKind.IDENTIFIERS) {
      parameters.each(name).forEach(value -> identifiers(property, name, value));
      parameters.each("identifier").forEach(value -> identifiers(property, "identifier", value));
    } else {
      parameters.each(name).forEach(value -> anyOf(property, value));
    }
  }

  private void anyOf(Property property, String value) {
    List<Object> values = new ArrayList<>();
    for (String one : value.split(",", -1)) {
      // Owners are filtered by the code of one owner.
      Optional<Object> parsed =
          property.kind() == PropertyKind.OWNERS
              ? Code.parse(one).map(code -> code)
              : property.parse(one);
      parsed.ifPresentOrElse(
          values::add,
          () ->
              parameters.fault(
                  property.name(),
                  "'%s' is not %s"
                      .formatted(
                          one,
                          property.kind() == PropertyKind.OWNERS
                              ? "a code"
                              : property.expectation())));
    }
    conditions.add(new Condition.AnyOf(property, values));
  }

  private void identifiers(Property property, String parameter, String value) {
    List<Object> values = new ArrayList<>();
    for (String one : value.split(",", -1)) {
      if (IDENTIFIER.matcher(one).matches() && one.indexOf(0) < 0) {
        values.add(one);
      } else {
        parameters.fault(parameter, "'" + one + "' is not like ISIN:FR0000133308");
      }
    }
    conditions.add(new Condition.AnyOf(property, values));
  }

  private void compare(Property property, String value) {
    Matcher operation = OPERATION.matcher(value);
    if (!operation.matches()) {
      anyOf(property, value);
      return;
    }
    String operator = operation.group(1);
    Optional<Condition.Operator> comparison =
        Arrays.stream(Condition.Operator.values())
            .filter(candidate -> candidate.name().toLowerCase(Locale.ROOT).equals(operator))
            .findFirst();
    Optional<Object> bound = property.parse(operation.group(2));
    if (comparison.isEmpty()) {
      parameters.fault(property.name(), "'" + operator + "' is none of eq ne lt le gt ge");
    } else if (bound.isEmpty()) {
      parameters.fault(
          property.name(), "'" + operation.group(2) + "' is not " + property.expectation());
    } else {
      conditions.add(new Condition.Compares(property, comparison.get(), bound.get()));
    }
  }

  private void name() {
    for (String text : parameters.each("q")) {
      if (text.indexOf(0) >= 0) {
        parameters.fault("q", "must be a text, without NUL");
      } else if (text.length() > MAX_TEXT) {
        parameters.fault("q", "takes at most %d characters".formatted(MAX_TEXT));
      } else {
        conditions.add(new Condition.NameContains(text));
      }
    }
  }

  /**
   * Filters regions by their ancestors, and other items by their reference to a region. Items with
   * coordinates can also be filtered by a box.
   */
  private void region() {
    place().ifPresent(this::within);
    if (type.property("latitude").isPresent()) {
      parameters.each("bbox").forEach(this::box);
    }
  }

  /** The property by which items lie in a region. */
  private Optional<Property> place() {
    return type.property(type == Catalogue.REGIONS ? "parent" : "region")
        .filter(property -> property.refersTo(Catalogue.REGIONS));
  }

  private void within(Property region) {
    List<String> values = parameters.each("within");
    if (values.isEmpty()) {
      return;
    }
    MembershipDay on = OnDay.of(parameters);
    values.forEach(value -> within(region, value, on));
  }

  private void within(Property region, String value, MembershipDay on) {
    Code.parse(value)
        .ifPresentOrElse(
            code -> conditions.add(new Condition.Within(region, code, on)),
            () -> parameters.fault("within", "'" + value + "' is not a code"));
  }

  private void box(String value) {
    List<Double> box = new ArrayList<>();
    Property longitude = type.property("longitude").orElseThrow();
    for (String degrees : value.split(",", -1)) {
      longitude.parse(degrees).ifPresent(number -> box.add((Double) number));
    }
    if (value.split(",", -1).length == 4
        && box.size() == 4
        && Math.abs(box.get(0)) <= MAX_LONGITUDE
        && Math.abs(box.get(2)) <= MAX_LONGITUDE
        && -MAX_LATITUDE <= box.get(1)
        && box.get(1) <= box.get(3)
        && box.get(3) <= MAX_LATITUDE) {
      conditions.add(new Condition.InBox(box.get(0), box.get(1), box.get(2), box.get(3)));
    } else {
      parameters.fault("bbox", "must be minLon,minLat,maxLon,maxLat in degrees");
    }
  }
}
