package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Loads that read a whole file, say what would become of it, and write nothing. */
@ArquillianTest
class DryRunsIT {
  private static final String LAYOUT =
      """
      {"into": "datasets/%s", "ignore": {"region": ["EU"]}, "time": {"column": "time"},
       "dimensions": {"region": {"column": "region"},
                      "indicator": {"column": "indicator", "create": true}},
       "value": {"column": "value"}}
      """;

  private final PlatformClient client = PlatformForTests.client();

  @Test
  void aDryRunCountsWhatTheLoadWouldDoAndWritesNothing() throws Exception {
    client.yearly("DRY_RUN", "region=regions", "indicator=indicators");
    client.create("layouts/dry-run", LAYOUT.formatted("DRY_RUN"));
    load("layout=dry-run", "region,indicator,time,value\nFRA,DRY_A,2000,1\nFRA,DRY_A,2001,2\n");
    String before = state();
    String file =
        """
        region,indicator,time,value
        FRA,DRY_A,2000,1
        FRA,DRY_A,2001,3
        FRA,DRY_B,1711,4
        EU,DRY_A,2001,5
        XXX,DRY_A,2001,6
        DEU,DRY_A,2001,9007199254740993
        """;

    JsonNode dry = load("layout=dry-run&dryRun=true", file);

    assertThat(dry.get("dryRun").asBoolean()).isTrue();
    assertThat(dry.get("recordedAt").isNull()).isTrue();
    assertThat(rows(dry))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "read",
                    5,
                    "inserted",
                    2,
                    "revised",
                    1,
                    "unchanged",
                    1,
                    "deleted",
                    0,
                    "rejected",
                    1,
                    "ignored",
                    1,
                    "rounded",
                    1)));
    assertThat(dry.get("message").asText()).contains("1 × UNKNOWN_REGION (line 6");
    assertThat(client.text("loads/" + dry.get("id") + "/rejects", "text/csv"))
        .contains("6,,UNKNOWN_REGION");
    assertThat(state()).isEqualTo(before);
    assertThatThrownBy(() -> client.get("indicators/DRY_B")).hasMessageContaining("404");

    JsonNode real = load("layout=dry-run", file);
    assertThat(rows(real)).isEqualTo(rows(dry));
    assertThat(client.get("indicators/DRY_B").get("name").asText()).isEqualTo("DRY_B");
  }

  @Test
  void aDryRunOfItemsWritesNoItem() throws Exception {
    client.create(
        "layouts/dry-items",
        """
        {"into": "organizations", "properties": {"code": {"column": "code"}, "name": {"column": "name"},
         "parent": {"column": "parent", "match": "name", "create": true}}}
        """);
    String file = "code,name,parent\nDRY_ONE,Dry One,Dry Parent\nDRY_TWO,Dry Two,Dry One\n";

    JsonNode dry = load("layout=dry-items&dryRun=true", file);

    assertThat(rows(dry).get("inserted")).isEqualTo(2);
    assertThatThrownBy(() -> client.get("organizations/DRY_ONE")).hasMessageContaining("404");
    assertThatThrownBy(() -> client.get("organizations/DRY_PARENT")).hasMessageContaining("404");
    assertThat(rows(load("layout=dry-items", file))).isEqualTo(rows(dry));
    assertThat(client.get("organizations/DRY_TWO").at("/parent/code").asText())
        .isEqualTo("DRY_ONE");
  }

  @Test
  void aDryRunSaysThatTheLoadWouldFail() throws Exception {
    client.yearly("DRY_FAIL", "region=regions");
    load("into=datasets/DRY_FAIL", "region,time,value\nFRA,2000,1\nFRA,2001,1\nFRA,2002,1\n");
    JsonNode dry =
        load("into=datasets/DRY_FAIL&mode=REPLACE&dryRun=true", "region,time,value\nFRA,2000,1\n");
    assertThat(dry.get("state").asText()).isEqualTo("FAILED");
    assertThat(dry.get("message").asText()).contains("maxDeleteRatio");
  }

  private JsonNode load(String parameters, String file) throws Exception {
    return client.load(parameters + "&maxRejectRatio=1", BodyPublishers.ofString(file));
  }

  private String state() throws Exception {
    return client.text("datasets/DRY_RUN/observations", "text/csv")
        + client.get("datasets/DRY_RUN/series")
        + client.get("datasets/DRY_RUN/history");
  }

  private static Map<String, Integer> rows(JsonNode load) {
    Map<String, Integer> rows = new TreeMap<>();
    load.get("rows")
        .properties()
        .forEach(count -> rows.put(count.getKey(), count.getValue().asInt()));
    return rows;
  }
}
