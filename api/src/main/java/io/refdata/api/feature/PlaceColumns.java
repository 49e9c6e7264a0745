package io.refdata.api.feature;

import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import io.refdata.domain.place.Enrichment;
import io.refdata.domain.place.Enrichment.Place;
import io.refdata.domain.place.Enrichment.Row;
import io.refdata.domain.place.Neighbours.Around;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of the rows about places; docs/places.md says what each is. */
final class PlaceColumns {
  private static final List<Column> FIRST =
      List.of(
          Column.text("unique_id"),
          Column.text("cutoff"),
          Column.text("region"),
          Column.optional("regionByPlace", Kind.TEXT),
          Column.optional("territory", Kind.TEXT),
          Column.optional("regionDiffers", Kind.TEXT),
          Column.optional("distanceToRegionKm", Kind.NUMBER),
          Column.optional("offshoreKm", Kind.NUMBER),
          Column.optional("distanceToBorderKm", Kind.NUMBER),
          Column.optional("neighbours", Kind.WHOLE),
          Column.optional("neighboursWithoutCapacity", Kind.WHOLE),
          Column.optional("capacityMw", Kind.NUMBER));

  private final List<Column> all = new ArrayList<>(FIRST);

  /** The number of each fuel in the rows; -1 if no facility in operation has it. */
  private final List<Integer> fuels;

  /**
   * @param named the fuels that have columns; empty for those of the rows
   */
  PlaceColumns(Enrichment enrichment, List<String> named) {
    List<String> shown = named.isEmpty() ? enrichment.fuels() : named;
    shown.forEach(fuel -> all.add(Column.optional("capacityMw_" + fuel, Kind.NUMBER)));
    shown.forEach(fuel -> all.add(Column.optional("nearestKm_" + fuel, Kind.NUMBER)));
    fuels = shown.stream().map(enrichment.fuels()::indexOf).toList();
  }

  List<Column> all() {
    return all;
  }

  /** The cells of a row. */
  @Nullable Object[] cells(Row row, String cutoff) {
    @Nullable Object[] cells = new @Nullable Object[all.size()];
    cells[0] = row.facility().code();
    cells[1] = cutoff;
    cells[2] = row.facility().region();
    Place place = row.place();
    if (place != null) {
      cells[3] = place.region();
      cells[4] = place.territory();
      cells[5] = place.differs();
      cells[6] = place.toRegionKm();
      cells[7] = place.offshoreKm();
      cells[8] = place.toBorderKm();
    }
    Around around = row.around();
    if (around != null) {
      cells[9] = around.count();
      cells[10] = around.withoutCapacity();
      cells[11] = around.capacityMw();
      addFuels(around, cells);
    }
    return cells;
  }

  private void addFuels(Around around, @Nullable Object[] cells) {
    int next = FIRST.size();
    for (int fuel : fuels) {
      cells[next++] = fuel < 0 ? Double.valueOf(0) : around.capacityMwByFuel().get(fuel);
    }
    for (int fuel : fuels) {
      Double nearest = fuel < 0 ? null : around.nearestKm().get(fuel);
      cells[next++] = nearest == null || nearest.isNaN() ? null : nearest;
    }
  }
}
