package io.refdata.persistence.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.layout.NumberForm;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import io.refdata.persistence.json.Members;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the sources of a layout from JSON. */
final class SourceJson {
  /** The largest exponent of a factor; a double has 308. */
  private static final int MOST_DIGITS = 400;

  private final boolean numbered;

  /**
   * @param numbered whether columns have numbers, because the file has no header
   */
  SourceJson(boolean numbered) {
    this.numbered = numbered;
  }

  /** Reads a source; an invalid member adds a fault and counts as absent. */
  Source read(Members members) {
    Source source =
        new Source(
            column(members),
            columns(members),
            members.text("join").orElse(null),
            members.text("constant").orElse(null),
            header(members),
            members.oneOf("as", List.of("CODE", "UPPER")).orElse(null),
            members.filledText("prefix").orElse(null),
            members.object("map").map(Members::textByName).orElse(null),
            members.filledText("match").orElse(null),
            members.flag("create").orElse(false),
            time(members),
            number(members));
    members.end();
    return source;
  }

  /** The name of a column; in a file without a header, its number. */
  private @Nullable String column(Members members) {
    Optional<JsonNode> column = members.any("column");
    return numbered && column.filter(JsonNode::isIntegralNumber).isPresent()
        ? members
            .wholeNumber("column", 1, Integer.MAX_VALUE)
            .map(number -> Integer.toString(number))
            .orElse(null)
        : members.filledText("column").orElse(null);
  }

  private @Nullable List<String> columns(Members members) {
    Optional<JsonNode> columns = members.any("columns");
    boolean numbers =
        numbered
            && columns.filter(JsonNode::isArray).isPresent()
            && !columns.get().isEmpty()
            && columns.get().valueStream().allMatch(JsonNode::isIntegralNumber);
    return numbers
        ? columns.get().valueStream().map(JsonNode::asText).toList()
        : members.texts("columns").orElse(null);
  }

  private static @Nullable Object header(Members members) {
    JsonNode header = members.any("header").orElse(null);
    if (header == null) {
      return null;
    } else if (header.isTextual()) {
      return header.asText();
    } else if (header.isBoolean() && header.asBoolean()) {
      return true;
    }
    members.fault("header", "must be true, or a regular expression with one group");
    return null;
  }

  private static TimeForm time(Members members) {
    Optional<Members> zone = zone(members);
    TimeForm form =
        new TimeForm(
            members.filledText("pattern").orElse(null),
            members.filledText("locale").orElse(null),
            members.wholeNumber("pivotYear", 1, 9_900).orElse(null),
            members.flag("within").orElse(false),
            zone.isPresent() ? null : members.filledText("zone").orElse(null),
            zone.flatMap(object -> object.filledText("column")).orElse(null),
            zone.flatMap(object -> object.object("map")).map(Members::textByName).orElse(null),
            members.filledText("fiscal").orElse(null),
            members.flag("excel").orElse(false),
            members.oneOf("epoch", List.of("s", "ms")).orElse(null));
    zone.ifPresent(
        object -> {
          object.require("column");
          object.end();
        });
    return form;
  }

  private static Optional<Members> zone(Members members) {
    return members.any("zone").filter(JsonNode::isObject).isPresent()
        ? members.object("zone")
        : Optional.empty();
  }

  private static NumberForm number(Members members) {
    Optional<Members> scaleOfLine =
        members.any("scale").filter(JsonNode::isObject).isPresent()
            ? members.object("scale")
            : Optional.empty();
    NumberForm form =
        new NumberForm(
            members.someText("thousands").orElse(null),
            scaleOfLine.isPresent() ? null : scale(members),
            scaleOfLine.flatMap(object -> object.filledText("column")).orElse(null),
            members.flag("percent").orElse(false),
            members.flag("parentheses").orElse(false),
            members.filledText("suffix").orElse(null),
            members.object("flags").map(Members::textByName).orElse(null));
    scaleOfLine.ifPresent(
        object -> {
          object.require("column");
          object.end();
        });
    return form;
  }

  private static @Nullable BigDecimal scale(Members members) {
    JsonNode scale = members.any("scale").orElse(null);
    if (scale == null) {
      return null;
    } else if (scale.isNumber()
        && Double.isFinite(scale.asDouble())
        && scale.asText().length() <= MOST_DIGITS) {
      BigDecimal factor = scale.decimalValue();
      if (factor.signum() != 0 && Math.abs(factor.precision() - factor.scale()) <= MOST_DIGITS) {
        return factor;
      }
    }
    members.fault("scale", "must be a number, not 0, or {\"column\": …} with a power of ten");
    return null;
  }
}
