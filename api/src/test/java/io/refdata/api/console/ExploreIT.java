package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Explored.button;
import static io.refdata.api.console.Explored.csv;
import static io.refdata.api.console.Explored.shows;
import static io.refdata.api.console.Reader.tabTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
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
  private static final String VIEW = "/explore?dataset=EXPLORED&key=DEU.explored";
  private static final int FIRST_CHART_BYTES = 250_000;

  /** The milliseconds for the first chart; a machine that is busy takes any time. */
  private static final String DRAWN_WITHIN = "refdata.console.drawn-within";

  private static Reader reader;

  @BeforeAll
  static void fill() throws Exception {
    reader = Reader.start();
    Explored.make();
  }

  @AfterAll
  static void close() {
    if (reader != null) {
      reader.close();
    }
  }

  @Test
  void anAnalystFindsASeriesAndTakesItAlong() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/");
      page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search"))
          .fill("explor");
      page.getByRole(AriaRole.OPTION).filter(named(Explored.DATASET)).first().click();
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
            .containsText(Reader.base() + Explored.OBSERVATIONS + "DEU.explored");
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

  /** A parameter of a link stays a parameter in the line that is copied to a shell. */
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
