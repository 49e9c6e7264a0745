package io.refdata.api.load;

import static io.refdata.api.load.FileLoads.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.db.PublishedFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Series as they are published, each file with one layout. */
@ArquillianTest
class PublishedSeriesIT {
  private static final DateTimeFormatter AMERICAN =
      DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss");

  private final PlatformClient client = PlatformForTests.client();
  private final FileLoads files = new FileLoads(client);

  @Test
  void groupsThatAreNoCountriesAreLeftOutAndCounted() throws Exception {
    Path file = PublishedFiles.path("gdp.csv");
    client.create("indicators/WB_GDP", "{\"name\": \"GDP (current US$)\"}");
    client.yearly("WB_GDP", "region=regions", "indicator=indicators");
    String layout =
        """
        {"into": "datasets/WB_GDP", %s,
         "time": {"column": "Year"},
         "dimensions": {"region": {"column": "Country Code"}, "indicator": {"constant": "WB_GDP"}},
         "value": {"column": "Value"}}
        """;
    client.create("layouts/wb-gdp", layout.formatted("\"unknown\": \"IGNORE\""));

    JsonNode load = files.load("layout=wb-gdp", file);

    Set<String> regions = files.byCode("regions", "code").keySet();
    Set<String> groups = new TreeSet<>();
    Map<String, Double> expected = new TreeMap<>();
    long lines = 0;
    long ignored = 0;
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      String region = line.getField("Country Code");
      lines++;
      if (regions.contains(region)) {
        expected.put(
            region + ".WB_GDP " + line.getField("Year"), Double.valueOf(line.getField("Value")));
      } else {
        groups.add(region);
        ignored++;
      }
    }
    assertThat(groups).contains("AFE", "ARB");
    assertThat(expected).hasSize((int) (lines - ignored));
    assertThat(rows(load, "read")).isEqualTo(lines - ignored);
    assertThat(rows(load, "ignored")).isEqualTo(ignored);
    assertThat(rows(load, "inserted")).isEqualTo(expected.size());
    assertThat(files.rejects(load)).isEmpty();
    assertThat(files.values("WB_GDP")).isEqualTo(expected);

    // A layout that names the groups leaves out the same lines.
    String texts =
        groups.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ", "[", "]"));
    client.create(
        "layouts/wb-gdp-named", layout.formatted("\"ignore\": {\"Country Code\": " + texts + "}"));
    JsonNode again = files.load("layout=wb-gdp-named", file);
    assertThat(rows(again, "ignored")).isEqualTo(ignored);
    assertThat(rows(again, "unchanged")).isEqualTo(expected.size());
    assertThat(files.rejects(again)).isEmpty();
  }

  @Test
  void theZoneOfALocalTimeStandsInItsLine() throws Exception {
    Path file = PublishedFiles.path("nyiso-load-2017-11-22.csv");
    client.create("code-lists/NYISO_ZONE", "{\"name\": \"Load zones of New York\"}");
    client.dataset("NYISO_LOAD", "N", "DAY", "zone=code-lists/NYISO_ZONE");
    String layout =
        """
        {"into": "datasets/NYISO_LOAD",
         "time": {"column": "Time Stamp", "pattern": "MM/dd/yyyy HH:mm:ss", %s
                  "zone": {"column": "Time Zone", "map": {"EST": "-05:00", "EDT": "-04:00"}}},
         "dimensions": {"zone": {"column": "Name", "as": "CODE", "create": true}},
         "value": {"column": "Load"}}
        """;
    client.create("layouts/nyiso-load", layout.formatted(""));

    JsonNode load = files.load("layout=nyiso-load", file);

    Map<String, Double> onTheMinute = new TreeMap<>();
    Map<String, Double> all = new TreeMap<>();
    Map<String, String> zones = new TreeMap<>();
    Map<Long, String> refused = new TreeMap<>();
    for (NamedCsvRecord line : FileLoads.read(file, ',')) {
      Instant time = instant(line);
      Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
      String zone = FileLoads.code(line.getField("Name"));
      Double value = Double.valueOf(line.getField("Load"));
      zones.put(zone, line.getField("Name"));
      all.put(zone + " " + minute, value);
      if (time.equals(minute)) {
        onTheMinute.put(zone + " " + minute, value);
      } else {
        refused.put(line.getStartingLineNumber(), "BAD_TIME");
      }
    }
    assertThat(refused).isNotEmpty();
    assertThat(all).hasSize(onTheMinute.size() + refused.size());
    assertThat(rows(load, "inserted")).isEqualTo(onTheMinute.size());
    assertThat(files.rejects(load)).isEqualTo(refused);
    assertThat(files.values("NYISO_LOAD")).isEqualTo(onTheMinute);
    assertThat(files.byCode("code-lists/NYISO_ZONE/codes", "name")).isEqualTo(zones);

    // The lines in between are read too if a time stands for the minute that it is in.
    client.create("layouts/nyiso-load-within", layout.formatted("\"within\": true,"));
    JsonNode again = files.load("layout=nyiso-load-within", file);
    assertThat(rows(again, "inserted")).isEqualTo(refused.size());
    assertThat(rows(again, "unchanged")).isEqualTo(onTheMinute.size());
    assertThat(files.values("NYISO_LOAD")).isEqualTo(all);
  }

  /** The instant of a line; standard time is five hours behind UTC there. */
  private static Instant instant(NamedCsvRecord line) {
    assertThat(line.getField("Time Zone")).isIn("EST", "EDT");
    return LocalDateTime.parse(line.getField("Time Stamp"), AMERICAN)
        .toInstant(ZoneOffset.ofHours(line.getField("Time Zone").equals("EST") ? -5 : -4));
  }
}
