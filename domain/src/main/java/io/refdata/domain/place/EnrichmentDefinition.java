package io.refdata.domain.place;

import java.util.List;

/**
 * What is asked of the places of facilities.
 *
 * @param fuels the codes of the fuels that have columns, in their order; empty for all that
 *     facilities in operation have
 */
public record EnrichmentDefinition(Enrichment.Reach reach, List<String> fuels) {
  public EnrichmentDefinition {
    fuels = List.copyOf(fuels);
  }
}
