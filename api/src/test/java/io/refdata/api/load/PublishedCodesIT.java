package io.refdata.api.load;

import static io.refdata.api.load.FileLoads.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Lists of codes and symbols as they are published, each file with one layout. */
@ArquillianTest
class PublishedCodesIT {
  private final PlatformClient client = PlatformForTests.client();
  private final FileLoads files = new FileLoads(client);

  @Test
  void aCodeIsJoinedFromTwoColumns() throws Exception {
    Path file = PublishedFiles.path("subdivisions.csv");
    client.create("code-lists/PUB_SUBDIVISION", "{\"name\": \"Subdivisions of countries\"}");
    client.create(
        "layouts/pub-subdivisions",
        """
        {"into": "code-lists/PUB_SUBDIVISION/codes",
         "properties": {"code": {"columns": ["SUCountry", "SUCode"], "join": "-"},
                        "name": {"column": "SUName"}}}
        """);

    JsonNode load = files.load("layout=pub-subdivisions", file);

    Map<String, String> expected = new TreeMap<>();
    Map<Long, String> refused = new TreeMap<>();
    long lines = 0;
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      String country = line.getField("SUCountry").strip();
      String number = line.getField("SUCode").strip();
      String code = country + "-" + number;
      lines++;
      if (country.isEmpty() || number.isEmpty()) {
        refused.put(line.getStartingLineNumber(), "MISSING_CODE");
      } else if (expected.containsKey(code)) {
        refused.put(line.getStartingLineNumber(), "DUPLICATE_IN_FILE");
      } else {
        String name = line.getField("SUName").strip();
        expected.put(code, name.isEmpty() ? code : name);
      }
    }
    assertThat(expected.keySet()).as("Namibia").anyMatch(code -> code.startsWith("NA-"));
    assertThat(rows(load, "read")).isEqualTo(lines);
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEqualTo(refused);
    assertThat(files.byCode("code-lists/PUB_SUBDIVISION/codes", "name")).isEqualTo(expected);

    JsonNode again = files.load("layout=pub-subdivisions", file);
    assertThat(rows(again, "unchanged")).isEqualTo(expected.size());
    assertThat(files.rejects(again)).isEqualTo(refused);
  }

  @Test
  void symbolsThatWouldGetOneCodeAreNamedInTheRejects() throws Exception {
    Path file = PublishedFiles.path("other-listed.csv");
    client.create(
        "layouts/pub-listed",
        """
        {"into": "instruments",
         "properties": {"code": {"column": "NASDAQ Symbol", "as": "CODE", "prefix": "PUB_"},
                        "name": {"column": "Security Name"}, "kind": {"constant": "EQUITY"},
                        "currency": {"constant": "USD"}, "region": {"constant": "USA"},
                        "identifiers.ACT": {"column": "ACT Symbol"},
                        "identifiers.CQS": {"column": "CQS Symbol"}}}
        """);

    JsonNode load = files.load("layout=pub-listed", file);

    Map<String, List<String>> expected = new TreeMap<>();
    Map<String, String> symbols = new HashMap<>();
    Map<Long, String> refused = new TreeMap<>();
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      String symbol = line.getField("NASDAQ Symbol").strip();
      String code = "PUB_" + FileLoads.code(symbol);
      String earlier = symbols.putIfAbsent(code, symbol);
      if (earlier == null) {
        expected.put(code, List.of(line.getField("Security Name").strip(), identifiers(line)));
      } else {
        refused.put(
            line.getStartingLineNumber(),
            inOneForm(earlier).equals(inOneForm(symbol)) ? "DUPLICATE_IN_FILE" : "AMBIGUOUS_CODE");
      }
    }
    assertThat(refused).containsValue("AMBIGUOUS_CODE");
    assertThat(expected).containsKeys("PUB_BRK_B", "PUB_ACHR");
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEqualTo(refused);
    assertThat(listed()).isEqualTo(expected);

    JsonNode again = files.load("layout=pub-listed", file);
    assertThat(rows(again, "unchanged")).isEqualTo(expected.size());
    assertThat(files.rejects(again)).isEqualTo(refused);
    assertThat(listed()).isEqualTo(expected);
  }

  /** Letters of another case, and spaces for {@code _} or {@code -}, make no other text. */
  private static String inOneForm(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[ _-]", "_");
  }

  private static String identifiers(NamedCsvRecord line) {
    String consolidated = line.getField("CQS Symbol").strip();
    return "ACT:"
        + line.getField("ACT Symbol").strip()
        + (consolidated.isEmpty() ? "" : ";CQS:" + consolidated);
  }

  /** The name and the identifiers of each instrument of this test. */
  private Map<String, List<String>> listed() throws Exception {
    Map<String, List<String>> listed = new TreeMap<>();
    for (NamedCsvRecord item : files.lines("instruments?region=USA&kind=EQUITY")) {
      if (item.getField("code").startsWith("PUB_")) {
        listed.put(
            item.getField("code"), List.of(item.getField("name"), item.getField("identifiers")));
      }
    }
    return listed;
  }

  @Test
  void aCountryMayBeCalledNa() throws Exception {
    Path file = PublishedFiles.path("iso3166-all.csv");
    client.create("code-lists/PUB_ALPHA_2", "{\"name\": \"ISO 3166-1 alpha-2\"}");
    client.create(
        "layouts/pub-alpha-2",
        """
        {"into": "code-lists/PUB_ALPHA_2/codes",
         "properties": {"code": {"column": "alpha-2"}, "name": {"column": "name"}}}
        """);

    JsonNode load = files.load("layout=pub-alpha-2", file);

    Map<String, String> expected = new TreeMap<>();
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      expected.put(line.getField("alpha-2"), line.getField("name").strip());
    }
    assertThat(expected).containsEntry("NA", "Namibia");
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEmpty();
    assertThat(files.byCode("code-lists/PUB_ALPHA_2/codes", "name")).isEqualTo(expected);
  }

  @Test
  void countriesOnFileGetTheCodesOfTheFile() throws Exception {
    Path file = PublishedFiles.path("iso3166-all.csv");
    // Without a kind no region is created, for other tests count them.
    client.create(
        "layouts/pub-countries",
        """
        {"into": "regions",
         "properties": {"code": {"column": "alpha-3"}, "alpha2": {"column": "alpha-2"},
                        "m49": {"column": "country-code"}}}
        """);
    Map<String, List<String>> before = numbers();

    JsonNode load = files.load("layout=pub-countries", file);

    Map<String, List<String>> expected = new TreeMap<>(before);
    Map<Long, String> refused = new TreeMap<>();
    long unchanged = 0;
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      String code = line.getField("alpha-3");
      List<String> numbers = List.of(line.getField("alpha-2"), line.getField("country-code"));
      if (before.containsKey(code)) {
        unchanged += numbers.equals(before.get(code)) ? 1 : 0;
        expected.put(code, numbers);
      } else {
        refused.put(line.getStartingLineNumber(), "MISSING_KIND");
      }
    }
    assertThat(expected).containsEntry("NAM", List.of("NA", "516"));
    assertThat(rows(load, "unchanged")).isEqualTo(unchanged);
    assertThat(rows(load, "inserted")).isZero();
    assertThat(files.rejects(load)).isEqualTo(refused);
    assertThat(numbers()).isEqualTo(expected);
  }

  /** The alpha-2 code and the number of each region. */
  private Map<String, List<String>> numbers() throws Exception {
    Map<String, List<String>> numbers = new TreeMap<>();
    for (NamedCsvRecord region : files.lines("regions")) {
      numbers.put(
          region.getField("code"), List.of(region.getField("alpha2"), region.getField("m49")));
    }
    return numbers;
  }
}
