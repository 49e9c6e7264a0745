package io.refdata.domain.place;

import java.util.List;
import java.util.Objects;

/**
 * The distances and the fuels that rows about facilities are worked out with.
 *
 * @param fuels the codes of the fuels that have columns, in their order; empty for all that
 *     facilities in operation have
 */
public record EnrichmentDefinition(Enrichment.Reach reach, List<String> fuels) {
  /** The number of columns of a row besides two for each fuel. */
  public static final int COLUMNS = 12;

  public EnrichmentDefinition {
    fuels = List.copyOf(fuels);
  }

  /** The number of cells in the rows of some facilities. */
  public long cells(List<Enrichment.Facility> facilities) {
    long shown =
        fuels.isEmpty()
            ? facilities.stream()
                .map(Enrichment.Facility::fuel)
                .filter(Objects::nonNull)
                .distinct()
                .count()
            : fuels.size();
    return facilities.size() * (COLUMNS + 2 * shown);
  }
}
