package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Explored.button;
import static io.refdata.api.console.Explored.csv;
import static io.refdata.api.console.Explored.push;
import static io.refdata.api.console.Explored.shows;
import static io.refdata.api.console.Explored.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.nio.file.Files;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chart shows the data that is stored, and says where that is not all. */
@ArquillianTest
class ChartsIT {
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
  void aViewWithAnInstantIsBroughtBackAsItWas() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/explore?dataset=EXPLORED&key=USA.explored&asOf=" + Explored.between());
      shows(page, "2019\\s*20");
      String before = table(page).innerText();
      Locator stops = page.locator(".timeline");
      assertThat(stops).containsText("Changes up to the instant of this view: 1.");
      String bytes = csv("USA.explored", "&asOf=" + Explored.between());
      push(PlatformForTests.client(), "USA", "2019", 21);
      page.reload();
      shows(page, "2019\\s*20");
      assertThat(table(page).innerText()).isEqualTo(before);
      assertThat(stops).containsText("Changes up to the instant of this view: 1.");
      assertThat(csv("USA.explored", "&asOf=" + Explored.between())).isEqualTo(bytes);
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
          "/explore?dataset=EXPLORED&"
              + view
              + (view.endsWith("against=") ? Explored.between() : ""));
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
}
