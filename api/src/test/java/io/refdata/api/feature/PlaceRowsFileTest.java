package io.refdata.api.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.place.Borders;
import io.refdata.domain.place.CountryRegions;
import io.refdata.domain.place.CountryRegions.Region;
import io.refdata.domain.place.Enrichment;
import io.refdata.domain.place.Enrichment.Facility;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.EnrichmentDefinition;
import io.refdata.domain.place.Position;
import io.refdata.persistence.feature.OpenedEnrichment;
import io.refdata.persistence.place.PlacedFacilities.Placed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows about places of some plants, in all formats. */
class PlaceRowsFileTest {
  private static final Instant CUTOFF = Instant.parse("2026-11-27T12:00:00.5Z");

  private static final List<Region> REGIONS =
      List.of(
          new Region("FRA", "COUNTRY", "250", null, null, null),
          new Region("DEU", "COUNTRY", "276", null, null, null));

  private static final List<Facility> FACILITIES =
      List.of(
          new Facility("A", "FRA", new Position(48.8566, 2.3522), "GAS", 10.0, true),
          new Facility("B", "DEU", new Position(48.8566, 2.3522), "WIND", 2.5, true),
          new Facility("C", "DEU", null, null, null, true));

  private static byte[] file(Format format, String... fuels) throws IOException {
    EnrichmentDefinition definition =
        new EnrichmentDefinition(new Reach(10, Reach.USUAL_KM, Reach.USUAL_KM), List.of(fuels));
    Enrichment enrichment =
        new Enrichment(
            Borders.ofTheWorld(),
            new CountryRegions(REGIONS, LocalDate.parse("2026-11-27")),
            FACILITIES,
            definition);
    OpenedEnrichment set =
        new OpenedEnrichment(new Code("SET"), 3, "Plants", definition, null, CUTOFF, 7);
    return new PlaceRowsFile(set, new Placed(CUTOFF, enrichment)).write(Delivery.in(format));
  }

  private static String text(Format format, String... fuels) throws IOException {
    return new String(file(format, fuels), StandardCharsets.UTF_8);
  }

  @Test
  void csvHasALineForEachFacility() throws IOException {
    String[] lines = text(Format.CSV).split("\n", -1);
    assertThat(lines)
        .hasSize(5)
        .startsWith(
            "unique_id,cutoff,region,regionByPlace,territory,regionDiffers,distanceToRegionKm,"
                + "offshoreKm,distanceToBorderKm,neighbours,neighboursWithoutCapacity,capacityMw,"
                + "capacityMw_GAS,capacityMw_WIND,nearestKm_GAS,nearestKm_WIND",
            "A,2026-11-27T12:00:00.500Z,FRA,FRA,France,false,,,,1,0,2.5,0.0,2.5,,0.0");
    assertThat(lines[2])
        .startsWith("B,2026-11-27T12:00:00.500Z,DEU,FRA,France,true,")
        .endsWith(",,,1,0,10.0,10.0,0.0,0.0,");
    assertThat(lines[3]).isEqualTo("C,2026-11-27T12:00:00.500Z,DEU,,,,,,,,,,,,,");
  }

  @Test
  void fuelsThatAreNamedHaveColumnsInTheirOrder() throws IOException {
    assertThat(text(Format.CSV, "WIND", "OIL").split("\n", -1))
        .anyMatch(
            line -> line.endsWith(",capacityMw_WIND,capacityMw_OIL,nearestKm_WIND,nearestKm_OIL"))
        .anyMatch(line -> line.startsWith("A,") && line.endsWith(",1,0,2.5,2.5,0.0,0.0,"));
  }

  @Test
  void jsonHasNumbersFlagsAndNulls() throws IOException {
    JsonNode answer = new ObjectMapper().readTree(file(Format.JSON));
    assertThat(answer.path("code").asText()).isEqualTo("SET");
    assertThat(answer.path("version").asInt()).isEqualTo(3);
    assertThat(answer.path("kind").asText()).isEqualTo("GEO_ENRICHMENT");
    JsonNode row = answer.path("items").path(1);
    assertThat(row.path("regionDiffers").isBoolean()).isTrue();
    assertThat(row.path("distanceToRegionKm").asDouble()).isBetween(250.0, 350.0);
    assertThat(row.path("nearestKm_WIND").isNull()).isTrue();
    assertThat(row.path("neighbours").isInt()).isTrue();
    assertThat(answer.path("items")).hasSize(3);
    assertThat(text(Format.NDJSON)).endsWith("}\n").hasLineCount(3);
  }

  @Test
  void workbooksAndParquetAreMade() throws IOException {
    assertThat(file(Format.XLSX)).startsWith('P', 'K');
    assertThat(file(Format.PARQUET)).startsWith('P', 'A', 'R', '1');
  }

  /** {@code PlacedFacilities} counts cells by it. */
  @Test
  void aRowHasTheColumnsThatAreCounted() throws IOException {
    assertThat(text(Format.CSV, "GAS").split("\n", -1)[0].split(",", -1))
        .hasSize(EnrichmentDefinition.COLUMNS + 2);
  }
}
