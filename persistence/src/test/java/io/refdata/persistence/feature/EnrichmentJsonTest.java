package io.refdata.persistence.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.EnrichmentDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions of feature sets about places. */
class EnrichmentJsonTest {
  private final List<Fault> faults = new ArrayList<>();

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void whatIsNotSaidIsUsual() throws IOException {
    JsonNode json = json("{'kind': 'GEO_ENRICHMENT', 'radiusKm': 20}");
    assertThat(EnrichmentJson.isOne(json)).isTrue();
    assertThat(EnrichmentJson.isOne(json("{'kind': 'CLUSTERING'}"))).isFalse();
    assertThat(EnrichmentJson.read(json, faults))
        .isEqualTo(new EnrichmentDefinition(new Reach(20, 50, 50), List.of()));
    assertThat(faults).isEmpty();
  }

  @Test
  void allMembersAreRead() throws IOException {
    JsonNode json =
        json(
            "{'kind': 'GEO_ENRICHMENT', 'radiusKm': 1000, 'seaKm': 0, 'borderKm': 5,"
                + " 'fuels': ['WIND', 'GAS']}");
    assertThat(EnrichmentJson.read(json, faults))
        .isEqualTo(new EnrichmentDefinition(new Reach(1000, 0, 5), List.of("WIND", "GAS")));
  }

  @Test
  void allFaultsAreNamedAtOnce() throws IOException {
    JsonNode json =
        json(
            "{'kind': 'GEO_ENRICHMENT', 'seaKm': -1, 'borderKm': 1001, 'fuels': ['GAS', 'GAS'],"
                + " 'dataset': 'X'}");
    assertThat(EnrichmentJson.read(json, faults)).isNull();
    assertThat(faults)
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder("/radiusKm", "/seaKm", "/borderKm", "/fuels", "/dataset");
  }

  @Test
  void aFuelIsACode() throws IOException {
    JsonNode json = json("{'kind': 'GEO_ENRICHMENT', 'radiusKm': 0, 'fuels': ['a b']}");
    assertThat(EnrichmentJson.read(json, faults)).isNull();
    assertThat(faults).extracting(Fault::pointer).containsExactlyInAnyOrder("/radiusKm", "/fuels");
  }
}
