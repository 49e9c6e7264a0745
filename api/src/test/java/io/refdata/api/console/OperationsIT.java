package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Reader.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator sees how the platform is, and does what is to be done. */
@ArquillianTest
class OperationsIT {
  private static final PlatformClient CLIENT = PlatformForTests.client();
  private static final List<String> TOPICS =
      List.of(
          "alerts",
          "freshness",
          "quality",
          "anomalies",
          "slas",
          "queries",
          "indexes",
          "partitions",
          "connections",
          "caches",
          "jobs",
          "performance");

  private static Reader reader;

  /** A dataset with a value that does not follow from those before it. */
  @BeforeAll
  static void fill() throws Exception {
    reader = Reader.start();
    CLIENT.create("indicators/console_odd", "{\"name\": \"Odd\"}");
    CLIENT.yearly("CONSOLE_ODD", "region=regions", "indicator=indicators");
    StringBuilder lines = new StringBuilder("region,indicator,time,value\n");
    for (int year = 1980; year < 2020; year++) {
      lines.append("FRA,console_odd,").append(year).append(',');
      lines.append(year == 2019 ? 90_000 : 100 + year % 7).append('\n');
    }
    CLIENT.load("into=datasets/CONSOLE_ODD", BodyPublishers.ofString(lines.toString()));
    PlatformForTests.await(
        "select exists (select from performance_monitoring.anomaly a join curated.dataset d on d.id"
            + " = a.dataset_id where d.code = 'CONSOLE_ODD')");
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

  private static void settled(Page page) {
    page.locator("h1").waitFor();
    page.locator("main:not(:has([aria-busy])):not(:has(.busy))").waitFor();
  }

  @Test
  void anOddValueIsLookedAtAndMarkedAsRightByTheKeyboardAlone() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/operations");
      tabTo(page, page.locator(".panels a[href='/operations/anomalies']"));
      page.keyboard().press("Enter");
      page.navigate("/operations/anomalies?dataset=CONSOLE_ODD");
      Locator mark = button(page, "Mark FRA.console_odd in 2019 as right");
      tabTo(page, mark);
      page.keyboard().press("Enter");
      assertThat(page.getByLabel("Why it is right")).isFocused();
      page.keyboard().type("counted twice, and it stays");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(mark).hasCount(0);
      assertThat(
              CLIENT
                  .get("monitoring/anomalies?dataset=CONSOLE_ODD&state=RIGHT")
                  .get("items")
                  .get(0)
                  .get("mark")
                  .get("reason")
                  .asText())
          .isEqualTo("counted twice, and it stays");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void aStatementIsShownWithItsPlan() {
    try (Page page = reader.page()) {
      page.navigate("/operations/queries");
      page.locator("tbody th a").first().click();
      assertThat(page.locator(".tree, main .soft").first()).isVisible();
      assertThat(page.locator("main")).containsText("Plan");
      page.navigate("/operations/queries/ItemRows.page");
      settled(page);
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void whatIsDoneByHandIsDone() {
    try (Page page = reader.page()) {
      page.navigate("/operations/partitions");
      assertThat(page.locator("svg.timeline").first()).isVisible();
      button(page, "Make ahead and retire now").click();
      assertThat(page.locator(".note.good")).isVisible();
      page.navigate("/operations/caches");
      button(page, "Empty answers.lists").click();
      assertThat(page.locator("#announcements")).hasText("answers.lists is empty.");
      page.navigate("/operations/indexes");
      button(page, "Look for advice now").click();
      settled(page);
      page.navigate("/operations/connections");
      assertThat(page.locator("dl.figures")).containsText(Pattern.compile("At most\\s*\\d+"));
      assertThat(reader.faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1366, en-GB", "DARK, 360, de-DE"})
  void nothingKeepsAnybodyOut(ColorScheme scheme, int width, String language) {
    try (Page page = reader.page(scheme, width, language)) {
      page.navigate("/operations");
      settled(page);
      reader.assertAccessible(page);
      for (String topic : TOPICS) {
        page.navigate("/operations/" + topic);
        settled(page);
        reader.assertAccessible(page);
      }
      assertThat(reader.faults()).isEmpty();
    }
  }
}
