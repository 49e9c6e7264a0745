package io.refdata.db.basics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegionsTest {

  private static final List<Regions.Row> ALL = Regions.all();
  private static final Map<String, Regions.Row> BY_CODE =
      ALL.stream().collect(toMap(Regions.Row::code, Function.identity()));

  @Test
  void countriesAreThoseOfIso3166() {
    assertThat(ALL).filteredOn(row -> row.kind().equals("COUNTRY")).hasSize(249);
    assertThat(BY_CODE).containsKeys("ATA", "TWN", "PSE", "SSD", "ALA");
    assertThat(BY_CODE).doesNotContainKeys("ANT", "XKK", "XKX", "SUN", "XIC", "DGA");
  }

  @Test
  void everyRegionIsADescendantOfTheWorldAndNoneOfItself() {
    assertThat(ALL).allSatisfy(row -> assertThat(ancestors(row)).endsWith("M49-001"));
  }

  @Test
  void intermediateRegionsStandBetweenSubRegionAndCountry() {
    assertThat(ancestors(row("KEN")))
        .containsExactly("KEN", "M49-014", "M49-202", "M49-002", "M49-001");
    assertThat(ancestors(row("BRB")))
        .containsExactly("BRB", "M49-029", "M49-419", "M49-019", "M49-001");
    assertThat(ancestors(row("EGY"))).containsExactly("EGY", "M49-015", "M49-002", "M49-001");
  }

  @Test
  void whatM49LeavesOutHasASensibleParent() {
    assertThat(row("ATA").parent()).isEqualTo("M49-001");
    assertThat(row("TWN").parent()).isEqualTo("M49-030");
  }

  @Test
  void codesNumbersAndParentsEqualThoseOfTheUnitedNations() throws IOException {
    List<NamedCsvRecord> countries = PublishedData.read("country-codes.csv");
    assertThat(countries)
        .hasSize(249)
        .allSatisfy(
            country -> {
              Regions.Row row = row(country.getField("ISO3166-1-Alpha-3"));
              assertThat(row.alpha2()).isEqualTo(country.getField("ISO3166-1-Alpha-2"));
              assertThat(row.m49()).isEqualTo(number(country, "ISO3166-1-numeric"));
              Stream.of("Intermediate Region Code", "Sub-region Code", "Region Code")
                  .filter(column -> !country.getField(column).isEmpty())
                  .forEach(
                      column ->
                          assertThat(ancestors(row)).contains("M49-" + number(country, column)));
              assertThat(row.name()).isNotEqualTo(row.alpha2());
            });
  }

  @Test
  void areasHaveTheNamesOfTheUnitedNations() throws IOException {
    for (NamedCsvRecord country : PublishedData.read("country-codes.csv")) {
      for (String level : List.of("Intermediate Region", "Sub-region", "Region")) {
        if (!country.getField(level + " Code").isEmpty()) {
          assertThat(row("M49-" + number(country, level + " Code")).name())
              .isEqualTo(country.getField(level + " Name"));
        }
      }
    }
  }

  private static Regions.Row row(String code) {
    return Objects.requireNonNull(BY_CODE.get(code), code);
  }

  private static List<String> ancestors(Regions.Row row) {
    return Stream.iterate(
            row, Objects::nonNull, it -> it.parent() == null ? null : row(it.parent()))
        .limit(10)
        .map(Regions.Row::code)
        .toList();
  }

  private static String number(NamedCsvRecord country, String column) {
    return "%03d".formatted(Integer.parseInt(country.getField(column)));
  }
}
