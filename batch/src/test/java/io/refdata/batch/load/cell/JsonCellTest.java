package io.refdata.batch.load.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCellTest {
  private static final Property IDENTIFIERS =
      Catalogue.INSTRUMENTS.property("identifiers").orElseThrow();
  private static final Property OWNERS = Catalogue.FACILITIES.property("owners").orElseThrow();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ISIN\": \"FR0000133308\", \"TICKER\": null} | ISIN:FR0000133308",
        "{\"RIC\": 12, \"MIC\": \"XPAR\"} | RIC:12;MIC:XPAR",
        "{\"TICKER\": null} | ''",
        "{} | ''"
      })
  void aMemberThatIsNullIsAbsent(String json, String csv) {
    assertThat(JsonCell.toCsv(IDENTIFIERS, json)).isEqualTo(csv);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"TICKER\": true}",
        "{\"TICKER\": {\"a\": 1}}",
        "{\"MIC\": \"XPAR\", \"TICKER\": []}",
        "[\"XPAR\"]",
        "{no JSON"
      })
  void whatIsNoTextOrNumberIsNoIdentifier(String json) {
    String csv = JsonCell.toCsv(IDENTIFIERS, json);
    assertThat(csv).isNotEmpty();
    assertThat(IDENTIFIERS.parse(csv)).isEmpty();
  }

  @Test
  void anOwnerWhoseCodeIsNullHasNone() {
    assertThat(JsonCell.toCsv(OWNERS, "[{\"organization\": {\"code\": null}, \"share\": 0.5}]"))
        .isEqualTo(":0.5");
  }
}
