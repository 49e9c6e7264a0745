package io.refdata.api.load;

import static io.refdata.api.load.FileLoads.rows;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** National lists of power plants as their offices publish them, each with one layout. */
@ArquillianTest
class PublishedPlantsIT {
  private final PlatformClient client = PlatformForTests.client();
  private final FileLoads files = new FileLoads(client);

  private record Plant(
      String name, double capacityMw, String fuel, String commissioned, String organization) {}

  @Test
  void aUnitHasTheManufacturerOfTheFirstLineOfItsGroup() throws Exception {
    Path file = PublishedFiles.path("opsd-PL.csv");
    String layout =
        """
        {"into": "facilities", "delimiter": ";", %s
         "fill": ["Manufacturer name", "Basic fuel"],
         "properties": {
           "code": {"column": "Generating unit code", "as": "CODE", "prefix": "PUBPL_"},
           "name": {"column": "Generating unit name"},
           "kind": {"constant": "POWER_PLANT"}, "region": {"constant": "POL"},
           "capacityMw": {"column": "Available capacity [MW]"},
           "fuel": {"column": "Basic fuel",
                    "map": {"Brown coal": "COAL", "Black coal": "COAL", "Water": "HYDRO"}},
           "organization": {"column": "Manufacturer name", "match": "name", "create": true}}}
        """;
    client.create("layouts/pub-plants-pl", layout.formatted(""));

    JsonNode load = files.load("layout=pub-plants-pl&maxRejectRatio=0.5", file);

    Map<String, Plant> expected = new TreeMap<>();
    Map<Long, String> refused = new TreeMap<>();
    String manufacturer = "";
    String fuel = "";
    for (NamedCsvRecord line : FileLoads.read(file, ';')) {
      String group = line.getField("Manufacturer name").strip();
      if (!group.isEmpty()) {
        manufacturer = group;
        fuel = line.getField("Basic fuel").equals("Water") ? "HYDRO" : "COAL";
      }
      String unit = line.getField("Generating unit code");
      if (unit.isEmpty()) {
        refused.put(line.getStartingLineNumber(), "MISSING_CODE");
      } else {
        double capacity = Double.parseDouble(line.getField("Available capacity [MW]"));
        expected.put(
            "PUBPL_" + FileLoads.code(unit),
            new Plant(line.getField("Generating unit name"), capacity, fuel, "", manufacturer));
      }
    }
    assertThat(refused).isNotEmpty();
    assertThat(rows(load, "read")).isEqualTo(expected.size() + refused.size());
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEqualTo(refused);
    assertThat(plants("POL", "PUBPL_")).isEqualTo(expected);

    // A line that is left out is still the line above: its group has its manufacturer.
    client.create(
        "layouts/pub-units-pl",
        layout.formatted("\"ignore\": {\"Generating unit code\": [\"\"]},"));
    JsonNode again = files.load("layout=pub-units-pl", file);
    assertThat(rows(again, "ignored")).isEqualTo(refused.size());
    assertThat(rows(again, "unchanged")).isEqualTo(expected.size());
    assertThat(files.rejects(again)).isEmpty();
  }

  @Test
  void aCountryIsFoundByTwoLettersWithASpaceBehind() throws Exception {
    Path file = PublishedFiles.path("opsd-DK.csv");
    client.create(
        "layouts/pub-plants-dk",
        """
        {"into": "facilities",
         "properties": {
           "code": {"column": "name", "as": "CODE", "prefix": "PUBDK_"}, "name": {"column": "name"},
           "kind": {"constant": "POWER_PLANT"}, "region": {"column": "country", "match": "alpha2"},
           "capacityMw": {"column": "capacity"}, "commissioned": {"column": "commissioned"},
           "latitude": {"column": "lat"}, "longitude": {"column": "lon"},
           "fuel": {"column": "energy_source",
                    "map": {"Biomass and biogas": "BIOMASS", "Hard coal": "COAL", "Oil": "OIL",
                            "Natural gas": "GAS", "Mixed fossil fuels": "OTHER",
                            "Other or unspecified energy sources": "OTHER"}},
           "organization": {"column": "company", "match": "name", "create": true}}}
        """);

    JsonNode load = files.load("layout=pub-plants-dk", file);

    Map<String, String> fuels =
        Map.of("Biomass and biogas", "BIOMASS", "Hard coal", "COAL", "Oil", "OIL");
    Map<String, Plant> expected = new TreeMap<>();
    Map<String, String> places = new TreeMap<>();
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      String name = line.getField("name").strip();
      String source = line.getField("energy_source");
      expected.put(
          name,
          new Plant(
              name,
              Double.parseDouble(line.getField("capacity")),
              source.equals("Natural gas") ? "GAS" : fuels.getOrDefault(source, "OTHER"),
              line.getField("commissioned"),
              line.getField("company").strip()));
      places.put(name, place(line, "lat", "lon"));
      assertThat(line.getField("country")).isEqualTo("DK ");
    }
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEmpty();
    // By name, since Ø has no accent that a code could go without.
    Map<String, Plant> stored = new TreeMap<>();
    plants("DNK", "PUBDK_").values().forEach(plant -> stored.put(plant.name(), plant));
    assertThat(stored).isEqualTo(expected);
    Map<String, String> storedPlaces = new TreeMap<>();
    for (NamedCsvRecord plant : files.lines("facilities?region=DNK")) {
      if (plant.getField("code").startsWith("PUBDK_")) {
        storedPlaces.put(plant.getField("name"), place(plant, "latitude", "longitude"));
      }
    }
    assertThat(storedPlaces).isEqualTo(places);
  }

  private static String place(NamedCsvRecord line, String latitude, String longitude) {
    return Double.valueOf(line.getField(latitude)) + " " + Double.valueOf(line.getField(longitude));
  }

  @Test
  void aFileInLatin1BeginsWithLinesThatAreNone() throws Exception {
    Path file = PublishedFiles.path("opsd-NO.csv");
    // Each line ends with a delimiter more than its header has: the columns go by their numbers.
    client.create(
        "layouts/pub-plants-no",
        """
        {"into": "facilities", "encoding": "ISO-8859-1", "delimiter": ";", "decimal": ",",
         "skip": 3, "header": false,
         "properties": {
           "code": {"column": 1, "prefix": "PUBNO_"}, "name": {"column": 2},
           "kind": {"constant": "POWER_PLANT"}, "region": {"constant": "NOR"},
           "fuel": {"constant": "HYDRO"}, "capacityMw": {"column": 12},
           "commissioned": {"column": 11},
           "organization": {"column": 4, "match": "name", "create": true}}}
        """);

    JsonNode load = files.load("layout=pub-plants-no", file);

    List<String> lines = Files.readAllLines(file, ISO_8859_1);
    assertThat(lines.get(2)).startsWith("Løpenummer;Navn;");
    Map<String, Plant> expected = new TreeMap<>();
    Map<Long, String> refused = new TreeMap<>();
    for (int i = 3; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(";", -1);
      double capacity = Double.parseDouble(fields[11].replace(',', '.'));
      if (capacity < 0) {
        // A pump, which takes power: a plant has no negative capacity.
        refused.put(i + 1L, "BAD_CAPACITY_MW");
      } else {
        expected.put(
            "PUBNO_" + fields[0].strip(),
            new Plant(fields[1].strip(), capacity, "HYDRO", fields[10], fields[3].strip()));
      }
    }
    assertThat(expected).hasSize(lines.size() - 3 - refused.size());
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEqualTo(refused);
    assertThat(plants("NOR", "PUBNO_")).isEqualTo(expected);
  }

  @Test
  void aHeaderGoesOnOverALineEnd() throws Exception {
    Path file = PublishedFiles.path("opsd-UK.csv");
    client.create(
        "layouts/pub-plants-uk",
        """
        {"into": "facilities", "delimiter": ";",
         "properties": {
           "code": {"columns": ["Station Name", "Year of commission or year generation began",
                                "Location:\\nScotland, Wales, Northern Ireland or English region"],
                    "as": "CODE", "prefix": "PUBUK_"},
           "name": {"column": "Station Name"},
           "kind": {"constant": "POWER_PLANT"}, "region": {"constant": "GBR"},
           "capacityMw": {"column": "Installed Capacity (MW)", "thousands": ","},
           "commissioned": {"column": "Year of commission or year generation began"},
           "organization": {"column": "Company Name", "match": "name", "create": true},
           "fuel": {"column": "Fuel", "as": "CODE",
                    "map": {"Wind (onshore)": "WIND", "Wind (offshore)": "WIND",
                            "Natural gas": "GAS", "Natural Gas": "GAS", "Sour gas": "GAS",
                            "Diesel/gas oil": "OIL", "Pumped Storage": "STORAGE",
                            "Hydro / pumped storage": "STORAGE",
                            "Waste (anaerobic digestion)": "WASTE",
                            "Waste (municipal solid waste)": "WASTE",
                            "Biomass (litter, woodchip)": "BIOMASS",
                            "Biomass (meat and bone meal)": "BIOMASS",
                            "Biomass (poultry litter, waste wood)": "BIOMASS",
                            "Biomass (poultry litter, woodchip)": "BIOMASS",
                            "Biomass (recycled wood)": "BIOMASS",
                            "Biomass (recycled wood, virgin wood)": "BIOMASS",
                            "Biomass (straw)": "BIOMASS", "Biomass (virgin wood)": "BIOMASS",
                            "Biomass (wood pellets)": "BIOMASS",
                            "Biomass (wood pellets, sunflower/oat husk pellets)": "BIOMASS",
                            "Biomass (woodchip)": "BIOMASS"}}}}
        """);

    JsonNode load = files.load("layout=pub-plants-uk", file);

    Map<String, Plant> expected = new TreeMap<>();
    long lines = 0;
    for (NamedCsvRecord line : FileLoads.read(file, ';')) {
      String name = line.getField("Station Name").strip();
      String since = line.getField("Year of commission or year generation began");
      // By its number: its header has a line end.
      String place = line.getField(6);
      lines++;
      expected.put(
          "PUBUK_" + FileLoads.code(name + " " + since + " " + place),
          new Plant(
              name,
              Double.parseDouble(line.getField("Installed Capacity (MW)").replace(",", "")),
              fuel(line.getField("Fuel")),
              since,
              line.getField("Company Name").strip()));
    }
    assertThat(expected).hasSize((int) lines);
    assertThat(expected.values()).extracting(Plant::capacityMw).contains(2640.0);
    assertThat(rows(load, "inserted")).isEqualTo(lines);
    assertThat(files.rejects(load)).isEmpty();
    assertThat(plants("GBR", "PUBUK_")).isEqualTo(expected);
  }

  /** The fuel that one of the United Kingdom's names of fuels begins with. */
  private static String fuel(String text) {
    String first = text.split("[ /]", -1)[0];
    return switch (first) {
      case "Natural", "Sour" -> "GAS";
      case "Diesel" -> "OIL";
      case "Pumped" -> "STORAGE";
      default -> text.contains("pumped") ? "STORAGE" : FileLoads.code(first);
    };
  }

  /** The plants in a country whose codes begin alike, by code: other tests have plants too. */
  private Map<String, Plant> plants(String region, String prefix) throws Exception {
    Map<String, Plant> plants = new TreeMap<>();
    for (NamedCsvRecord item : files.lines("facilities?expand=organization&region=" + region)) {
      if (item.getField("code").startsWith(prefix)) {
        plants.put(
            item.getField("code"),
            new Plant(
                item.getField("name"),
                Double.parseDouble(item.getField("capacityMw")),
                item.getField("fuel"),
                item.getField("commissioned"),
                item.getField("organization.name")));
      }
    }
    return plants;
  }
}
