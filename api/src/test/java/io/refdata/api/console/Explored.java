package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.util.regex.Pattern;

/** The dataset that the tests of Explore look at, made once, and what they ask of the page. */
final class Explored {
  static final String DATASET = "EXPLORED";
  static final String OBSERVATIONS = "/api/v1/datasets/EXPLORED/observations?key=";

  private static String between = "";

  private Explored() {}

  /** An instant after the first values, before one of them was revised. */
  static String between() {
    return between;
  }

  static synchronized void make() throws Exception {
    if (!between.isEmpty()) {
      return;
    }
    PlatformClient client = PlatformForTests.client();
    client.create(
        "indicators/explored", "{\"name\": \"Explored output\", \"unit\": {\"code\": \"MWH\"}}");
    client.yearly(DATASET, "region=regions", "indicator=indicators");
    push(client, "DEU", "2018", 10);
    push(client, "DEU", "2019", 20);
    push(client, "FRA", "2018", 5);
    push(client, "FRA", "2019", 4);
    push(client, "USA", "2019", 20);
    push(client, "GBR", "2019", 12_345_678);
    between =
        client
            .get("datasets/EXPLORED/series/USA.explored/vintages")
            .get("items")
            .get(0)
            .get("at")
            .asText();
    push(client, "DEU", "2019", 25);
    client.create(
        "indicators/explored_too", "{\"name\": \"Other\", \"unit\": {\"code\": \"KWH\"}}");
    client.push(
        DATASET,
        "[{\"region\": \"DEU\", \"indicator\": \"explored_too\", \"time\": \"2019\", \"value\":"
            + " 7}]");
  }

  static void push(PlatformClient client, String region, String time, int value) throws Exception {
    client.push(
        DATASET,
        "[{\"region\": \"%s\", \"indicator\": \"explored\", \"time\": \"%s\", \"value\": %d}]"
            .formatted(region, time, value));
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static Locator table(Page page) {
    return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Values"));
  }

  static void shows(Page page, String row) {
    assertThat(table(page)).containsText(Pattern.compile(row));
  }

  static String csv(String key, String more) throws Exception {
    return PlatformForTests.client().text(OBSERVATIONS + key + more + "&format=csv", "text/csv");
  }
}
