package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Reader.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  /** A trial is gone on with at once, and the page looks again every three seconds. */
  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

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
    CLIENT.send(
        "into=datasets/CONSOLE_ODD&maxRejectRatio=0",
        BodyPublishers.ofString("region,indicator,time,value\nFRA,console_odd,1979,x\n"));
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

  @Test
  void aRuleIsChangedAndIsAsDeliveredAgainByTheKeyboardAlone() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/operations/alerts?state=RULES");
      Locator change = button(page, "Change LONG_TRANSACTIONS");
      tabTo(page, change);
      page.keyboard().press("Enter");
      assertThat(page.getByLabel("Warning (seconds)")).isFocused();
      page.keyboard().press("Control+a");
      page.keyboard().type("777");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(row(page, "LONG_TRANSACTIONS")).containsText("≥ 777 seconds");
      assertThat(rule("LONG_TRANSACTIONS").get("warning").asDouble()).isEqualTo(777);
      change.click();
      button(page, "As it was delivered").click();
      assertThat(row(page, "LONG_TRANSACTIONS")).containsText("≥ 300 seconds");
      assertThat(rule("LONG_TRANSACTIONS").get("warning").asDouble()).isEqualTo(300);
      assertThat(reader.faults()).isEmpty();
    }
  }

  private static Locator row(Page page, String text) {
    return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text)).first();
  }

  private static JsonNode rule(String name) throws Exception {
    for (JsonNode rule : CLIENT.get("monitoring/alerts/rules").get("items")) {
      if (rule.get("rule").asText().equals(name)) {
        return rule;
      }
    }
    throw new AssertionError("There is no rule " + name);
  }

  @Test
  void anAlertIsSilencedAndSentAgain() {
    PlatformForTests.await(
        "select exists (select from performance_monitoring.alert where closed_at is null and"
            + " labels::text like '%CONSOLE_ODD%')");
    try (Page page = reader.page()) {
      page.navigate("/operations/alerts");
      Locator alert = row(page, "CONSOLE_ODD");
      alert.getByRole(AriaRole.BUTTON).click();
      assertThat(page.getByLabel("Reason")).isFocused();
      page.getByLabel("For how long").selectOption("1");
      page.getByLabel("Reason").fill("the file is being mended");
      page.keyboard().press("Enter");
      assertThat(alert).containsText("the file is being mended");
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Silences")).click();
      tabTo(page, row(page, "CONSOLE_ODD").getByRole(AriaRole.BUTTON));
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).containsText("No alert is silenced.");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void aServiceLevelIsMadeChangedAndTakenBackByTheKeyboardAlone() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/operations/slas");
      tabTo(page, button(page, "Make a service level"));
      page.keyboard().press("Enter");
      assertThat(page.getByLabel("Name")).isFocused();
      page.keyboard().type("CONSOLE_LEVEL");
      tabTo(page, page.getByLabel("What is promised"));
      page.keyboard().type("The quality");
      tabTo(page, page.getByLabel("Dataset"));
      page.keyboard().type("CONSOLE_ODD");
      tabTo(page, page.getByLabel("Least good score"));
      page.keyboard().press("Control+a");
      page.keyboard().type("50");
      page.keyboard().press("Enter");
      assertThat(row(page, "CONSOLE_LEVEL")).containsText("The score is at least 50");
      JsonNode made = CLIENT.get("monitoring/slas/CONSOLE_LEVEL");
      assertThat(made.get("dataset").asText()).isEqualTo("CONSOLE_ODD");
      assertThat(made.get("objective").asDouble()).isEqualTo(0.95);

      Locator change = button(page, "Change CONSOLE_LEVEL");
      tabTo(page, change);
      page.keyboard().press("Enter");
      assertThat(page.getByLabel("Good share (%)")).isFocused();
      page.keyboard().press("Control+a");
      page.keyboard().type("99.9");
      page.keyboard().press("Enter");
      assertThat(row(page, "CONSOLE_LEVEL")).containsText("99.9 %");
      change.click();
      button(page, "Take it back").click();
      assertThat(change).hasCount(0);
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void whoWaitsForWhomIsATree() throws Exception {
    try (Connection holder = PlatformForTests.database().dataSource().getConnection();
        Connection waiter = PlatformForTests.database().dataSource().getConnection();
        Statement holds = holder.createStatement();
        Statement waits = waiter.createStatement();
        Page page = reader.page()) {
      holds.execute("select pg_advisory_lock(20, 56)");
      CompletableFuture<Boolean> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return waits.execute("select pg_advisory_lock(20, 56)");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      PlatformForTests.await(
          "select exists (select from pg_locks where locktype = 'advisory' and not granted and"
              + " classid = 20 and objid = 56)");
      page.navigate("/operations/connections");
      Locator tree = page.locator(".tree");
      assertThat(tree).containsText("keeps 1 waiting");
      assertThat(tree.locator("li li")).containsText("pg_advisory_lock(20, 56)");
      holds.execute("select pg_advisory_unlock(20, 56)");
      assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
      waits.execute("select pg_advisory_unlock(20, 56)");
      button(page, "Look again").click();
      assertThat(page.locator("main")).containsText("Nobody waits for a lock.");
      assertThat(reader.faults()).isEmpty();
    }
  }

  /** An index that another covers is dropped on trial, and comes back. */
  @Test
  void anIndexIsDroppedOnTrialAndComesBack() throws Exception {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        Page page = reader.page()) {
      statement.execute("create table public.console_tried (a integer primary key, b text)");
      statement.execute(
          "insert into public.console_tried select i, 'b' from generate_series(1, 1000) i");
      statement.execute("create index console_twice on public.console_tried (a)");
      statement.execute("analyze public.console_tried");
      try {
        page.navigate("/operations/indexes");
        button(page, "Look for advice now").click();
        page.getByText("Drop console_twice").click();
        button(page, "Try it").click();
        assertThat(button(page, "Adopt it")).isVisible(PATIENTLY);
        button(page, "Undo it").click();
        assertThat(page.locator(".mark").getByText("Undone")).isVisible(PATIENTLY);
        assertThat(page.locator("main")).containsText("Steps of the trial");
        assertThat(button(page, "Try it")).isVisible();
        assertThat(reader.faults()).isEmpty();
      } finally {
        statement.execute("drop table public.console_tried");
      }
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
      for (String state : List.of("RULES", "SILENCES")) {
        page.navigate("/operations/alerts?state=" + state);
        settled(page);
        reader.assertAccessible(page);
      }
      assertThat(reader.faults()).isEmpty();
    }
  }
}
