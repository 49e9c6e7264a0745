package io.refdata.persistence.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.Owners;
import io.refdata.persistence.dataset.PastDatasets;
import io.refdata.persistence.item.ItemColumns;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.revision.AuditRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All kinds of things whose past is recorded: all collections, datasets, layouts and feature sets.
 */
final class RecordedKinds {
  static final String CODES = "code-lists/*/codes";

  private static final Pattern LISTED = Pattern.compile("code-lists/[^/]+/codes");
  private static final List<RecordedKind> ALL = all();

  private RecordedKinds() {}

  static List<RecordedKind> values() {
    return ALL;
  }

  /**
   * The kind of a collection; for the codes of one code list, the kind of the codes of all lists.
   */
  static Optional<RecordedKind> named(String collection) {
    String name = LISTED.matcher(collection).matches() ? CODES : collection;
    return ALL.stream().filter(recorded -> recorded.collection().equals(name)).findFirst();
  }

  private static List<RecordedKind> all() {
    List<RecordedKind> all = new ArrayList<>();
    Catalogue.all().forEach(type -> all.add(items(type)));
    all.add(
        RecordedKind.of(
            "datasets",
            "curated.dataset",
            List.of(
                "a.name",
                code("ref.provider_aud", "provider_id"),
                "a.frequency",
                code("ref.unit_aud", "unit_id"),
                "a.unknown_codes",
                "a.dimension_codes",
                "a.dimension_values",
                "a.interval",
                "a.premake",
                "a.retention",
                "a.on_expiry",
                "a.warn_after",
                "a.fail_after",
                "coalesce(a.is_public, false) is_public"),
            RecordedKinds::dataset));
    all.add(
        RecordedKind.of("layouts", "raw.layout", List.of("a.definition"), RecordedKinds::layout));
    all.add(
        RecordedKind.of(
            "feature-sets",
            "curated.feature_set",
            List.of("a.name", "a.number", "a.definition"),
            RecordedKinds::featureSet));
    return List.copyOf(all);
  }

  private static RecordedKind items(ItemType<?> type) {
    List<Property> properties =
        type.properties().stream()
            .filter(property -> !property.equals(type.code()))
            .filter(property -> !property.inUrl())
            .toList();
    List<String> columns = properties.stream().map(RecordedKinds::column).toList();
    RecordedKind.Reader reader = (row, first) -> item(properties, row, first);
    return type == Catalogue.CODES
        ? new RecordedKind(
            CODES,
            "'code-lists/' || " + code("ref.code_list_aud", "list_id") + " || '/codes'",
            AuditRows.table(type),
            columns,
            reader)
        : RecordedKind.of(type.collection(), type.table(), columns, reader);
  }

  private static String column(Property property) {
    return property.kind() == PropertyKind.REFERENCE
        ? code(AuditRows.table(Catalogue.of(property.target())), property.column())
        : "a." + property.column();
  }

  /**
   * SQL for the code of the item that a column refers to. A code never changes, so any state of the
   * item will do.
   */
  private static String code(String audit, String column) {
    return "(select r.code from %s r where r.id = a.%s order by r.rev limit 1)"
        .formatted(audit, column);
  }

  private static Map<String, Object> item(List<Property> properties, ResultSet row, int first)
      throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    int column = first;
    for (Property property : properties) {
      put(values, property.name(), plain(ItemColumns.value(property, row, column++)));
    }
    return values;
  }

  /** Values of several parts as lists and maps; a reference to an item as its code. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Identifiers identifiers) {
      return identifiers.values();
    } else if (value instanceof Owners owners) {
      return owners.all().stream().map(RecordedKinds::owner).toList();
    }
    return value;
  }

  private static Map<String, Object> owner(Owners.Owner owner) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("organization", owner.organization());
    members.put("share", owner.share());
    return members;
  }

  private static Map<String, Object> dataset(ResultSet row, int first) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    int column = first;
    for (String property : List.of("name", "provider", "frequency", "unit", "unknownCodes")) {
      put(values, property, row.getString(column++));
    }
    values.put(
        "dimensions",
        PastDatasets.dimensions(row).stream()
            .map(
                dimension -> Map.of("code", dimension.code().value(), "values", dimension.values()))
            .toList());
    Map<String, Object> partitioning = new LinkedHashMap<>();
    put(partitioning, "interval", row.getString("interval"));
    put(partitioning, "premake", row.getInt("premake"));
    put(partitioning, "retention", row.getString("retention"));
    put(partitioning, "onExpiry", row.getString("on_expiry"));
    values.put("partitioning", partitioning);
    Map<String, Object> freshness = new LinkedHashMap<>();
    put(freshness, "warnAfter", row.getString("warn_after"));
    put(freshness, "failAfter", row.getString("fail_after"));
    put(values, "freshness", freshness.isEmpty() ? null : freshness);
    put(values, "public", row.getBoolean("is_public"));
    return values;
  }

  private static Map<String, Object> layout(ResultSet row, int first) throws SQLException {
    return members(row.getString(first));
  }

  private static Map<String, Object> featureSet(ResultSet row, int first) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, "name", row.getString(first));
    put(values, "version", row.getInt(first + 1));
    values.putAll(members(row.getString(first + 2)));
    return values;
  }

  private static Map<String, Object> members(String definition) {
    try {
      Map<String, Object> values = new LinkedHashMap<>();
      Json.MAPPER
          .readTree(definition)
          .properties()
          .forEach(member -> values.put(member.getKey(), member.getValue()));
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored definition is not JSON", e);
    }
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
