package io.refdata.api.feature;

import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.feature.Scale;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.PropertyKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of the rows of a feature set, named as MLforecast names them. */
final class RowColumns {
  private final FeaturePlan plan;
  private final boolean forecasting;
  private final List<Column> all = new ArrayList<>();

  RowColumns(FeaturePlan plan, Scale scale) {
    this.plan = plan;
    this.forecasting = plan.definition().kind() == FeatureSetKind.FORECASTING;
    all.add(Column.text("unique_id"));
    all.add(Column.optional("ds", Kind.TEXT));
    all.add(Column.text("cutoff"));
    if (forecasting) {
      all.add(Column.optional("y", Kind.NUMBER));
    }
    for (Feature feature : plan.definition().features()) {
      Kind kind = kind(feature);
      all.add(
          Column.optional(
              feature.name(), kind == Kind.WHOLE && scale != Scale.NONE ? Kind.NUMBER : kind));
    }
    if (!forecasting) {
      all.add(Column.optional("coverage", Kind.NUMBER));
    }
  }

  private Kind kind(Feature feature) {
    if (feature instanceof Feature.OfSeries) {
      return Kind.NUMBER;
    } else if (feature instanceof Feature.OfEntity of) {
      ItemType<?> type = plan.type();
      PropertyKind kind =
          type == null ? PropertyKind.TEXT : type.shown(of.property()).orElseThrow().kind();
      return kind == PropertyKind.NUMBER
          ? Kind.NUMBER
          : kind == PropertyKind.INTEGER ? Kind.WHOLE : Kind.TEXT;
    }
    return Kind.WHOLE;
  }

  List<Column> all() {
    return all;
  }

  /** The cells of one that was due at a cutoff and of which nothing was known. */
  @Nullable Object[] missing(String unit, String cutoff) {
    @Nullable Object[] cells = new @Nullable Object[all.size()];
    cells[0] = unit;
    cells[2] = cutoff;
    if (!forecasting) {
      cells[all.size() - 1] = 0.0;
    }
    return cells;
  }

  /** The cells of a row. */
  @Nullable Object[] cells(FeatureRow row, String cutoff) {
    @Nullable Object[] cells = new @Nullable Object[all.size()];
    int next = 0;
    cells[next++] = row.unit();
    cells[next++] = plan.main().frequency().format(plan.main().frequency().startOf(row.period()));
    cells[next++] = cutoff;
    if (forecasting) {
      cells[next++] = Double.isFinite(row.target()) ? (Double) row.target() : null;
    }
    for (Object value : row.features()) {
      cells[next++] = value;
    }
    if (!forecasting) {
      cells[next] = row.coverage();
    }
    return cells;
  }
}
