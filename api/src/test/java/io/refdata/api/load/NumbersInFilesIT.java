package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.load.LoadCases.Outcome;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as files write them. */
@ArquillianTest
class NumbersInFilesIT {
  private static final String SOURCES =
      """
      "delimiter": ";", "time": {"column": "jahr"}, "dimensions": {"region": {"column": "land"}},
      """;

  private final LoadCases cases = new LoadCases("region=regions");

  /** Each text becomes a number, or a reject of that code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PLAIN | "value": {"column": "wert"} | 2012.0; 1e3; +5; -0.25; 0x10; 1e309 | 2012; 1000; 5; -0.25; NOT_A_NUMBER; NUMBER_TOO_LARGE
          GROUPS | "decimal": ",", "thousands": ".", "value": {"column": "wert"} \
            | 9.876.543,2; 31,4; 1.234; 1234567,8; -2.000 | 9876543.2; 31.4; 1234; 1234567.8; -2000
          WRONG_GROUPS | "decimal": ",", "thousands": ".", "value": {"column": "wert"} \
            | 12.5; 1.23.456; 1234.567; 1..234; 1.234.; 7 \
            | NOT_A_NUMBER; NOT_A_NUMBER; NOT_A_NUMBER; NOT_A_NUMBER; NOT_A_NUMBER; 7
          GROUPS_OF_A_COLUMN | "value": {"column": "wert", "thousands": "'"} | 7'654'321.5; 12'34 | 7654321.5; NOT_A_NUMBER
          NO_GROUPS | "decimal": ",", "value": {"column": "wert"} | 1.234; 1,234 | NOT_A_NUMBER; 1.234
          FACTOR | "value": {"column": "wert", "scale": 1000} | 2.5; -0.001; 12e1 | 2500; -1; 120000
          EXACT_FACTOR | "value": {"column": "wert", "scale": 100} | 4.35; 0.07; 1.15; 8.2 | 435; 7; 115; 820
          SMALL_FACTOR | "value": {"column": "wert", "scale": 0.001} | 12345; 3 | 12.345; 0.003
          FACTOR_AND_GROUPS | "thousands": ",", "value": {"column": "wert", "scale": 1000} | 1,234.5; 12.5 | 1234500; 12500
          PERCENT | "value": {"column": "wert", "percent": true} | 12.5%; -3%; 4.35%; 12.5 | 0.125; -0.03; 0.0435; NOT_A_NUMBER
          NO_PERCENT | "value": {"column": "wert"} | 12.5%; 8 | NOT_A_NUMBER; 8
          PARENTHESES | "value": {"column": "wert", "parentheses": true} | (12.5); 3; -4; (6; 6) | -12.5; 3; -4; NOT_A_NUMBER; NOT_A_NUMBER
          NO_PARENTHESES | "value": {"column": "wert"} | (12.5); 3 | NOT_A_NUMBER; 3
          SUFFIX | "value": {"column": "wert", "suffix": "MW"} | 45MW; 46 MW; 47; 48 kW | 45; 46; 47; NOT_A_NUMBER
          """)
  void aTextIsANumberOrAReject(String name, String members, String texts, String numbers)
      throws Exception {
    StringBuilder file = new StringBuilder("land;jahr;wert\n");
    List<String> observations = new ArrayList<>();
    List<String> rejects = new ArrayList<>();
    String[] number = numbers.split("; ", -1);
    String[] text = texts.split("; ", -1);
    assertThat(text).hasSameSizeAs(number);
    for (int i = 0; i < text.length; i++) {
      file.append("POL;").append(1990 + i).append(';').append(text[i]).append('\n');
      if (Character.isLetter(number[i].charAt(0))) {
        rejects.add(i + 2 + " " + number[i]);
      } else {
        observations.add("POL " + (1990 + i) + " " + number[i]);
      }
    }

    Outcome outcome = cases.load("NUMBERS_" + name, "A", SOURCES + members, file.toString());

    assertThat(outcome.observations()).containsExactlyInAnyOrderElementsOf(observations);
    assertThat(outcome.rejects()).isEqualTo(rejects);
    assertThat(outcome.counts())
        .isEqualTo(
            "read %d, inserted %d%s"
                .formatted(
                    text.length,
                    observations.size(),
                    rejects.isEmpty() ? "" : ", rejected " + rejects.size()));
  }

  @Test
  void aNumberThatADoubleCannotHoldIsKeptAndCounted() throws Exception {
    Outcome outcome =
        cases.load(
            "NUMBERS_ROUNDED",
            "A",
            SOURCES + "\"value\": {\"column\": \"wert\"}",
            """
            land;jahr;wert
            POL;2001;9007199254740993
            POL;2002;18014398509481985
            POL;2003;1e-400
            POL;2004;9007199254740992
            POL;2005;0.1
            POL;2006;-2e308
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "POL 2001 9007199254740992",
            "POL 2002 18014398509481984",
            "POL 2003 0",
            "POL 2004 9007199254740992",
            "POL 2005 0.1");
    assertThat(outcome.rejects()).containsExactly("7 NUMBER_TOO_LARGE");
    assertThat(outcome.counts()).isEqualTo("read 6, inserted 5, rejected 1, rounded 3");
  }

  @Test
  void aRoundedNumberThatIsRejectedIsNotCounted() throws Exception {
    Outcome outcome =
        cases.load(
            "NUMBERS_REJECTED",
            "A",
            SOURCES + "\"value\": {\"column\": \"wert\"}, \"status\": {\"column\": \"stand\"}",
            """
            land;jahr;wert;stand
            POL;2001;9007199254740993;
            POL;2001;9007199254740993;
            POL;2002;1;
            POL;2002;18014398509481985;
            POL;2003;18014398509481985;
            POL;2003;1;
            POL;2004;9007199254740993;p
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "POL 2001 9007199254740992", "POL 2002 1", "POL 2003 18014398509481984");
    assertThat(outcome.rejects())
        .containsExactlyInAnyOrder(
            "3 DUPLICATE_IN_FILE", "5 DUPLICATE_IN_FILE", "7 DUPLICATE_IN_FILE", "8 BAD_STATUS");
    assertThat(outcome.counts()).isEqualTo("read 7, inserted 3, rejected 4, rounded 2");
  }

  @Test
  void aColumnTellsThePowerOfTenOfEachLine() throws Exception {
    Outcome outcome =
        cases.load(
            "NUMBERS_POWERS",
            "A",
            SOURCES + "\"value\": {\"column\": \"wert\", \"scale\": {\"column\": \"hoch\"}}",
            """
            land;jahr;wert;hoch
            POL;2010;4.35;2
            POL;2011;7;-3
            POL;2012;5;0
            POL;2013;1.1;6
            """);
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder(
            "POL 2010 435", "POL 2011 0.007", "POL 2012 5", "POL 2013 1100000");
    assertThat(outcome.rejects()).isEmpty();
    assertThat(outcome.counts()).isEqualTo("read 4, inserted 4");
  }

  @Test
  void aValueIsTheSameForAllLinesIfTheLayoutNamesIt() throws Exception {
    Outcome outcome =
        cases.load(
            "NUMBERS_CONSTANT",
            "A",
            SOURCES + "\"value\": {\"constant\": \"7\"}",
            "land;jahr\nPOL;2014\nSVK;2015\n");
    assertThat(outcome.observations()).containsExactlyInAnyOrder("POL 2014 7", "SVK 2015 7");
    assertThat(outcome.counts()).isEqualTo("read 2, inserted 2");
  }

  @Test
  void propertiesThatAreNumbersAreReadAlike() throws Exception {
    PlatformClient client = PlatformForTests.client();
    Outcome plants =
        cases.loadItems(
            "NUMBERS_PLANTS",
            "facilities",
            """
            "delimiter": ";", "decimal": ",",
            "properties": {"code": {"column": "nr"}, "kind": {"constant": "HEAT_PLANT"},
              "region": {"constant": "POL"},
              "capacityMw": {"column": "leistung", "thousands": ".", "suffix": "MW"},
              "latitude": {"column": "breite", "parentheses": true},
              "longitude": {"column": "laenge", "scale": 0.001}}
            """,
            """
            nr;leistung;breite;laenge
            CASE_PLANT_1;1.234,5 MW;(12,5);13405
            CASE_PLANT_2;12.5 MW;3;4
            CASE_PLANT_3;7;;
            """);
    assertThat(plants.rejects()).containsExactly("3 NOT_A_NUMBER");
    assertThat(plants.counts()).isEqualTo("read 3, inserted 2, rejected 1");
    JsonNode plant = client.get("facilities/CASE_PLANT_1");
    assertThat(plant.get("capacityMw").asDouble()).isEqualTo(1234.5);
    assertThat(plant.get("latitude").asDouble()).isEqualTo(-12.5);
    assertThat(plant.get("longitude").asDouble()).isEqualTo(13.405);
    assertThat(client.get("facilities/CASE_PLANT_3").get("capacityMw").asDouble()).isEqualTo(7);

    Outcome stacks =
        cases.loadItems(
            "NUMBERS_STACKS",
            "emission-sources",
            """
            "properties": {"code": {"column": "id"}, "facility": {"constant": "CASE_PLANT_1"},
              "scope": {"column": "scope"}}
            """,
            "id,scope\nCASE_STACK_1,2.0\nCASE_STACK_2,2.5\n");
    assertThat(stacks.rejects()).containsExactly("3 NOT_A_NUMBER");
    assertThat(client.get("emission-sources/CASE_STACK_1").get("scope").asInt()).isEqualTo(2);
  }

  @Test
  void numbersOfJsonAreReadAsTheyAre() throws Exception {
    Outcome outcome =
        cases.load(
            "NUMBERS_JSON",
            "A",
            """
            "time": {"column": "t"}, "dimensions": {"region": {"column": "r"}},
            "value": {"column": "v"}, "decimal": ",", "thousands": "."
            """,
            """
            {"r": "FRA", "t": "2000", "v": 1.234}
            {"r": "FRA", "t": "2001", "v": "1.234"}
            {"r": "FRA", "t": "2002", "v": -0.125}
            """
                .getBytes(StandardCharsets.UTF_8),
            "application/x-ndjson");
    assertThat(outcome.observations())
        .containsExactlyInAnyOrder("FRA 2000 1.234", "FRA 2001 1234", "FRA 2002 -0.125");
  }
}
