package io.refdata.batch.load.observation;

import io.refdata.batch.load.time.TimeColumn;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The part of a dataset that a {@code REPLACE} may delete. */
public final class ReplaceScope {
  private ReplaceScope() {}

  /**
   * The start of the only period whose values may be deleted, if the layout has it as a constant,
   * since its files cannot contain other times; else null.
   */
  static @Nullable Instant time(Dataset dataset, LayoutDefinition layout) {
    Source source = layout.time();
    Long micros =
        source == null
            ? null
            : LayoutConstants.time(source, new TimeColumn(dataset.frequency(), source));
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * The codes that series must have, by the index of the dimension from 0. They are the codes in
   * the layout's scope and those of the layout's constants, because its files cannot contain other
   * codes.
   */
  public static Map<Integer, String> of(Jdbi jdbi, Dataset dataset, LayoutDefinition layout) {
    Map<Integer, String> scope = new TreeMap<>();
    List<Dimension> dimensions = dataset.dimensions();
    for (int i = 0; i < dimensions.size(); i++) {
      String name = dimensions.get(i).code().value();
      Source source = layout.dimensions() == null ? null : layout.dimensions().get(name);
      String code = layout.scope() == null ? null : layout.scope().get(name);
      if (code == null && source != null && source.constant() != null) {
        code = ObservationLayout.constant(jdbi, dataset, dimensions.get(i), source);
      }
      if (code != null) {
        scope.put(i, code);
      }
    }
    return scope;
  }
}
