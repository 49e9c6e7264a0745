package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Reader.tabTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An analyst finds a series, looks at it, and takes it along; with the mouse, and with the keyboard
 * alone.
 */
@ArquillianTest
class ExploreIT {
  private static final String DATASET = "EXPLORED";
  private static final String VIEW = "/explore?dataset=EXPLORED&key=DEU.explored";
  private static final String OBSERVATIONS = "/api/v1/datasets/EXPLORED/observations?key=";
  private static final int FIRST_CHART_BYTES = 250_000;

  /** The milliseconds for the first chart; a machine that is busy takes any time. */
  private static final String DRAWN_WITHIN = "refdata.console.drawn-within";

  private static Reader reader;
  private static String between = "";

  @BeforeAll
  static void fill() throws Exception {
    reader = Reader.start();
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

  private static void push(PlatformClient client, String region, String time, int value)
      throws Exception {
    client.push(
        DATASET,
        "[{\"region\": \"%s\", \"indicator\": \"explored\", \"time\": \"%s\", \"value\": %d}]"
            .formatted(region, time, value));
  }

  @AfterAll
  static void close() {
    if (reader != null) {
      reader.close();
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator table(Page page) {
    return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Values"));
  }

  private static void shows(Page page, String row) {
    assertThat(table(page)).containsText(Pattern.compile(row));
  }

  @Test
  void anAnalystFindsASeriesAndTakesItAlong() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/");
      page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search"))
          .fill("explor");
      page.getByRole(AriaRole.OPTION).filter(named(DATASET)).first().click();
      shows(page, "2019\\s*25\\s*2018\\s*10");
      assertThat(page.locator(".chart canvas")).isVisible();

      page.getByLabel("France FRA").check();
      shows(page, "2019\\s*25\\s*4\\s*2018\\s*10\\s*5");
      page.getByLabel("Shown as").selectOption("pch");
      shows(page, "2019\\s*150\\s*-20");
      page.goBack();
      shows(page, "2019\\s*25\\s*4");
      page.goBack();
      shows(page, "2019\\s*25\\s*2018\\s*10");
      page.getByText("Units, frequency, groups").click();
      page.getByLabel("Unit", new Page.GetByLabelOptions().setExact(true)).selectOption("KWH");
      shows(page, "2019\\s*25,000");
      page.goBack();
      shows(page, "2019\\s*25\\s*2018\\s*10");

      button(page, "Download").click();
      Download download = page.waitForDownload(() -> button(page, "CSV").click());
      assertThat(download.suggestedFilename()).isEqualTo("explored.csv");
      assertThat(Files.readString(download.path())).isEqualTo(csv("DEU.explored", ""));
      assertThat(page.waitForDownload(() -> button(page, "PNG").click()).suggestedFilename())
          .isEqualTo("explored.png");
      Download drawn = page.waitForDownload(() -> button(page, "SVG").click());
      assertThat(Files.readString(drawn.path())).startsWith("<svg").contains("Explored output");
      page.keyboard().press("Escape");

      cites(page);
      button(page, "Embed").click();
      assertThat(page.getByRole(AriaRole.DIALOG).locator("pre")).containsText("<iframe");
      page.keyboard().press("Escape");
      button(page, "Code").click();
      for (String tool : List.of("pandas", "R", "Excel", "curl")) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tool).setExact(true))
            .click();
        assertThat(page.getByRole(AriaRole.DIALOG).locator("pre"))
            .containsText(Reader.base() + OBSERVATIONS + "DEU.explored");
      }
      assertThat(reader.faults()).isEmpty();
    }
  }

  private static Locator.FilterOptions named(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** A citation has the hash of what is at its address, and its view holds that state. */
  private static void cites(Page page) throws Exception {
    button(page, "Cite").click();
    button(page, "Hold the state of now").click();
    Locator text = page.getByRole(AriaRole.DIALOG).locator("pre");
    assertThat(text).containsText("SHA-256");
    String instant = page.url().replaceAll(".*asOf=([^&]*).*", "$1");
    assertThat(instant).startsWith("20");
    byte[] bytes = csv("DEU.explored", "&asOf=" + instant).getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(text).containsText(hash);
    assertThat(text).containsText("asOf=" + instant);
    page.keyboard().press("Escape");
  }

  private static String csv(String key, String more) throws Exception {
    return PlatformForTests.client().text(OBSERVATIONS + key + more + "&format=csv", "text/csv");
  }

  @Test
  void theKeyboardAloneIsEnough() {
    try (Page page = reader.page()) {
      page.navigate("/");
      page.locator("h1").waitFor();
      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to the content")).isFocused();
      tabTo(page, page.getByRole(AriaRole.COMBOBOX));
      page.keyboard().type("DEU.explored");
      page.getByRole(AriaRole.OPTION).filter(named("DEU.explored")).first().waitFor();
      page.keyboard().press("Enter");
      shows(page, "2019\\s*25\\s*2018\\s*10");

      tabTo(page, page.getByLabel("France FRA"));
      page.keyboard().press("Space");
      shows(page, "2019\\s*25\\s*4");
      page.keyboard().press("Space");
      shows(page, "2019\\s*25\\s*2018\\s*10");
      tabTo(page, page.getByLabel("Scale"));
      page.keyboard().press("ArrowDown");
      assertThat(page).hasURL(Pattern.compile(".*scale=log.*"));
      tabTo(page, page.locator(".chart"));
      page.keyboard().press("Home");
      assertThat(page.locator(".chart .read")).hasText("2018: 10");
      page.keyboard().press("ArrowRight");
      assertThat(page.locator(".chart .read")).hasText("2019: 25");
      assertThat(page.locator("#announcements")).hasText("2019: 25");

      tabTo(page, page.getByRole(AriaRole.SLIDER));
      page.keyboard().press("ArrowLeft"); // the last change: the same as now
      assertThat(page).hasURL(Pattern.compile(".*asOf=.*"));
      tabTo(page, button(page, "One change back"));
      page.keyboard().press("Enter");
      shows(page, "2019\\s*20\\s*2018\\s*10");
      tabTo(page, page.getByLabel("Lay over it"));
      page.keyboard().press("End");
      shows(page, "2019\\s*20\\s*25\\s*2018\\s*10\\s*10");
      tabTo(page, page.getByRole(AriaRole.TAB).filter(named("Hidden")));
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Enter");
      assertThat(page.locator("table.heat")).containsText("25 (+25 %)");
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Enter");
      assertThat(page.locator(".map svg")).isVisible();
      assertThat(
              page.getByRole(
                  AriaRole.TABLE,
                  new Page.GetByRoleOptions().setName("output, 2019").setExact(false)))
          .containsText("Germany (DEU)");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void aViewWithAnInstantIsBroughtBackAsItWas() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/explore?dataset=EXPLORED&key=USA.explored&asOf=" + between);
      shows(page, "2019\\s*20");
      String before = table(page).innerText();
      Locator stops = page.locator(".timeline");
      assertThat(stops).containsText("Changes up to the instant of this view: 1.");
      String bytes = csv("USA.explored", "&asOf=" + between);
      push(PlatformForTests.client(), "USA", "2019", 21);
      page.reload();
      shows(page, "2019\\s*20");
      assertThat(table(page).innerText()).isEqualTo(before);
      assertThat(stops).containsText("Changes up to the instant of this view: 1.");
      assertThat(csv("USA.explored", "&asOf=" + between)).isEqualTo(bytes);
    }
  }

  @Test
  void aValueIsShownWithAllItsDigits() {
    try (Page page = reader.page()) {
      page.navigate("/explore?dataset=EXPLORED&key=GBR.explored");
      shows(page, "2019\\s*12,345,678");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "key=DEU.explored&chart=bar, rect, 4",
    "key=DEU.explored&scale=log&against=, path, 2",
    "key=DEU%2CFRA.explored&chart=multiples, path, 2",
    "key=DEU.explored%2Cexplored_too, text:contains(KWH), 1"
  })
  void anSvgShowsWhatTheChartShows(String view, String marks, int count) throws Exception {
    try (Page page = reader.page()) {
      page.navigate(
          "/explore?dataset=EXPLORED&" + view + (view.endsWith("against=") ? between : ""));
      shows(page, "2019\\s*25");
      button(page, "Download").click();
      Download drawn = page.waitForDownload(() -> button(page, "SVG").click());
      String svg = Files.readString(drawn.path());
      if (marks.startsWith("text")) {
        assertThat(svg).contains(">KWH<").contains(">MWH<");
      } else {
        // One of the rectangles is the ground, and one bounds the plot.
        assertThat(svg.split("<" + marks + " ", -1)).as(svg).hasSize(count + 1);
      }
      assertThat(svg).doesNotContain("NaN").doesNotContain("undefined");
      assertThat(reader.faults()).isEmpty();
    }
  }

  /** A sum of two members is not taken for one of all, and it goes back in time with them. */
  @Test
  void aGroupThatLacksMembersSaysSo() {
    try (Page page = reader.page()) {
      page.navigate("/explore?dataset=EXPLORED&key=EU27.explored&aggregate=region&scale=zzz");
      shows(page, "incomplete");
      Locator notes = page.locator(".note.warn");
      assertThat(notes.first()).hasText("Not understood in this address, and left out: scale.");
      assertThat(notes.last()).containsText("EU27.explored: 2 of 2 periods lack values");
      assertThat(notes.last()).containsText("Missing then (25): AUT, BEL, BGR, CYP, CZE, DNK, …");
      assertThat(page.locator(".timeline")).containsText("Changes of these series on record: 5.");
      assertThat(reader.faults()).isEmpty();
    }
  }

  /**
   * The first thousand series are listed; what comes after them is found, and listed on request.
   */
  @Test
  void seriesBeyondTheFirstPageAreFound() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.yearly("EXPLORED_MANY", "region=regions", "indicator=indicators");
    StringBuilder many = new StringBuilder();
    for (int i = 1; i <= 5; i++) {
      client.create("indicators/many_" + i, "{\"name\": \"Many\"}");
      for (JsonNode region : client.get("regions?kind=COUNTRY&limit=1000").get("items")) {
        many.append(many.isEmpty() ? '[' : ',')
            .append(
                "{\"region\": \"%s\", \"indicator\": \"many_%d\", \"time\": \"2019\", \"value\": 1}"
                    .formatted(region.get("code").asText(), i));
      }
    }
    client.push("EXPLORED_MANY", many.append(']').toString());
    try (Page page = reader.page()) {
      page.navigate("/explore?dataset=EXPLORED_MANY");
      Locator last = page.getByLabel("Zimbabwe ZWE", new Page.GetByLabelOptions().setExact(true));
      page.getByLabel("Find in region").fill("zimb");
      assertThat(last).isVisible();
      page.getByLabel("Find in region").fill("");
      assertThat(last).hasCount(0);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Further series: region"))
          .click();
      last.check();
      shows(page, "2019\\s*1");
      assertThat(reader.faults()).isEmpty();
    }
  }

  /** What a link has in its parameters stays a parameter in the line that is copied to a shell. */
  @Test
  void aParameterDoesNotEndTheCopiedLine() {
    try (Page page = reader.page()) {
      page.navigate(VIEW + "&to=2019%27%24%28x%29");
      page.getByRole(AriaRole.ALERT).waitFor();
      button(page, "Code").click();
      assertThat(page.getByRole(AriaRole.DIALOG).locator("pre"))
          .containsText("to=2019%27%24%28x%29");
    }
    reader.faults().clear(); // the platform refuses such a year, which the browser writes down
  }

  @Test
  void aKeyIsKeptUntilItsOwnerLeaves() {
    String key =
        given()
            .contentType("application/json")
            .body(
                "{\"name\": \"console\", \"roles\": [\"operator\"], \"expiresAt\": \"%s\"}"
                    .formatted(Instant.now().plus(Duration.ofHours(1))))
            .post("/api/v1/access/keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    try (Page page = reader.page()) {
      page.navigate("/");
      button(page, "Sign in").click();
      page.getByLabel("Token or key").fill("nonsense");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("not known");
      page.getByLabel("Token or key").fill(key);
      page.keyboard().press("Enter");
      button(page, "key:console").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("It is accepted until");
      page.navigate(VIEW);
      button(page, "key:console").click();
      button(page, "Sign out").click();
      assertThat(button(page, "Sign in")).isVisible();
    }
  }

  @Test
  void theFirstChartIsSmall() {
    try (Page page = reader.page()) {
      long before = reader.received();
      page.navigate(VIEW);
      shows(page, "2019\\s*25");
      assertThat(page.locator(".chart canvas")).isVisible();
      long bytes = reader.received() - before;
      double millis =
          ((Number) page.evaluate("performance.getEntriesByName('chart')[0].startTime"))
              .doubleValue();
      System.out.printf(
          "The first chart: %,d bytes, drawn %.0f ms after its address was opened%n",
          bytes, millis);
      assertThat(bytes).isBetween(10_000L, (long) FIRST_CHART_BYTES);
      assertThat(millis).isLessThan(Double.parseDouble(System.getProperty(DRAWN_WITHIN, "60000")));
      assertThat(reader.faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1366, en-GB", "DARK, 1366, de-DE", "LIGHT, 360, de-DE"})
  void nothingKeepsAnybodyOut(ColorScheme scheme, int width, String language) {
    try (Page page = reader.page(scheme, width, language)) {
      for (String view :
          List.of(
              "/",
              "/explore",
              VIEW + "&show=revisions",
              VIEW + "&show=map",
              "/explore?item=regions/DEU")) {
        page.navigate(view);
        page.locator("h1").waitFor();
        page.locator("main:not(:has([aria-busy])):not(:has(.busy))").waitFor();
        reader.assertAccessible(page);
      }
      assertThat(page.locator("html")).hasAttribute("lang", language.substring(0, 2));
      assertThat(reader.faults()).isEmpty();
    }
  }
}
