package io.refdata.api.item;

import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Near;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code near}, {@code radiusKm} and {@code k}: the neighbours of a place, for facilities.
 * Their order is by distance, then by code.
 */
final class Nearness {
  private static final int MAX_RADIUS = (int) Setting.NEAR_RADIUS.number();
  private static final int MAX_ITEMS = (int) Setting.NEAR_ITEMS.number();
  private static final Property LATITUDE = Catalogue.FACILITIES.property("latitude").orElseThrow();

  private Nearness() {}

  /** The place; empty if the request has none, or a wrong one, which is a fault. */
  static Optional<Near> of(ItemType<?> type, Parameters parameters) {
    if (type != Catalogue.FACILITIES) {
      return Optional.empty();
    }
    Optional<String> near = parameters.one("near");
    Optional<String> radius = parameters.one("radiusKm");
    Optional<Integer> k = parameters.whole("k", MAX_ITEMS);
    Optional<Double> radiusKm =
        radius.flatMap(Nearness::number).filter(km -> km > 0 && km <= MAX_RADIUS);
    if (radius.isPresent() && radiusKm.isEmpty()) {
      parameters.fault(
          "radiusKm",
          "must be a number of kilometres above 0 and at most %d".formatted(MAX_RADIUS));
    }
    if (near.isEmpty()) {
      radius.ifPresent(given -> parameters.fault("radiusKm", "needs near"));
      k.ifPresent(given -> parameters.fault("k", "needs near"));
      return Optional.empty();
    }
    if (radius.isEmpty() && parameters.all("k").isEmpty()) {
      parameters.fault("near", "needs radiusKm or k");
    }
    List<Double> place = place(near.get());
    if (place.isEmpty()) {
      parameters.fault("near", "must be latitude,longitude in degrees");
      return Optional.empty();
    }
    return Optional.of(new Near(place.get(0), place.get(1), radiusKm.orElse(null), k.orElse(null)));
  }

  private static List<Double> place(String text) {
    List<Double> degrees = new ArrayList<>();
    String[] parts = text.split(",", -1);
    for (String part : parts) {
      number(part).ifPresent(degrees::add);
    }
    return parts.length == 2
            && degrees.size() == 2
            && Math.abs(degrees.get(0)) <= 90
            && Math.abs(degrees.get(1)) <= 180
        ? degrees
        : List.of();
  }

  private static Optional<Double> number(String text) {
    return LATITUDE.parse(text).map(Double.class::cast);
  }

  /** The distance and the code of the last item of a page, from its cursor. */
  static List<@Nullable Object> key(String identity, String cursor) {
    List<@Nullable String> parts = PageCursor.parse(identity, 2, cursor);
    double distance =
        number(Objects.toString(parts.get(0))).filter(km -> km >= 0).orElseThrow(PageCursor::wrong);
    Code code = Code.parse(Objects.toString(parts.get(1))).orElseThrow(PageCursor::wrong);
    return List.of(distance, code);
  }
}
