package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.json.Json;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the metadata of a file say about the units of its series. */
final class FileUnits {
  private FileUnits() {}

  /**
   * {@code unit}, if all series have the same one. Else {@code units}: the units by the codes of
   * the dimension that tells them, as in {@code {"indicator": {"co2": "MT", "share": null}}}, or
   * all units in an array if no dimension tells them alone.
   *
   * @param unit the unit of a series; null for none
   * @return nothing if no series has a unit
   */
  static Map<String, String> of(
      List<Dimension> dimensions,
      Collection<Series> series,
      Function<Series, @Nullable String> unit) {
    Set<Optional<String>> units = new HashSet<>();
    series.forEach(one -> units.add(Optional.ofNullable(unit.apply(one))));
    Set<String> codes = new TreeSet<>();
    units.forEach(one -> one.ifPresent(codes::add));
    if (codes.isEmpty()) {
      return Map.of();
    } else if (units.size() == 1) {
      return Map.of("unit", codes.iterator().next());
    }
    for (int i = 0; i < dimensions.size(); i++) {
      TreeMap<String, @Nullable String> byCode = byCode(i, series, unit);
      if (!byCode.isEmpty()) {
        return json(Map.of(dimensions.get(i).code().value(), byCode));
      }
    }
    return json(codes);
  }

  /** The units by the codes of a dimension; none if a code has several. */
  private static TreeMap<String, @Nullable String> byCode(
      int dimension, Collection<Series> series, Function<Series, @Nullable String> unit) {
    TreeMap<String, @Nullable String> units = new TreeMap<>();
    for (Series one : series) {
      String code = one.dimensions().get(dimension);
      String its = unit.apply(one);
      if (units.containsKey(code) && !Objects.equals(units.get(code), its)) {
        return new TreeMap<>();
      }
      units.put(code, its);
    }
    return units;
  }

  private static Map<String, String> json(Object units) {
    try {
      return Map.of("units", Json.MAPPER.writeValueAsString(units));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
