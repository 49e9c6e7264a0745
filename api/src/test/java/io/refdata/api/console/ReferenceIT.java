package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Reader.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A steward looks things up, corrects them, and sees who changed what. */
@ArquillianTest
class ReferenceIT {
  private static final PlatformClient CLIENT = PlatformForTests.client();

  private static final Map<String, String> SCHEMAS =
      Map.ofEntries(
          Map.entry("regions", "Region"),
          Map.entry("organizations", "Organization"),
          Map.entry("facilities", "Facility"),
          Map.entry("emission-sources", "EmissionSource"),
          Map.entry("instruments", "Instrument"),
          Map.entry("indicators", "Indicator"),
          Map.entry("units", "Unit"),
          Map.entry("providers", "Provider"),
          Map.entry("memberships", "Membership"),
          Map.entry("conversions", "Conversion"),
          Map.entry("code-lists", "CodeList"),
          Map.entry("code-lists/FUEL/codes", "ListedCode"));

  private static Reader reader;

  @BeforeAll
  static void fill() throws Exception {
    reader = Reader.start();
    CLIENT.create("providers/CONSOLE_P", "{\"name\": \"Console provider\"}");
    CLIENT.create("organizations/CONSOLE_O", "{\"name\": \"Console power\"}");
    for (String code : List.of("A", "B", "C", "D", "E", "F")) {
      CLIENT.create(
          "facilities/CONSOLE_" + code,
          """
          {"name": "Console plant %s", "kind": "POWER_PLANT", "fuel": "HYDRO", "capacityMw": 10,
           "region": {"code": "FRA"}, "organization": {"code": "CONSOLE_O"}}
          """
              .formatted(code));
    }
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

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static JsonNode capacity(String code) throws Exception {
    return CLIENT.get("facilities/" + code).get("capacityMw");
  }

  @Test
  void aStewardFindsAnItemAndSeesWhatRefersToIt() {
    try (Page page = reader.page()) {
      page.navigate("/reference");
      link(page, "Facilities").or(page.locator("a[href='/reference/facilities']")).first().click();
      page.getByLabel("Name contains").fill("console plant");
      page.getByLabel("Capacity (MW), at least").fill("5");
      button(page, "Apply filters").click();
      assertThat(page).hasURL(Pattern.compile(".*q=console\\+plant.*capacityMw=ge%3A5.*"));
      assertThat(page.locator("tbody tr")).hasCount(6);
      button(page, "Name sort").click();
      assertThat(page).hasURL(Pattern.compile(".*sort=name.*"));
      assertThat(page.locator("tbody tr").first()).containsText("Console plant A");
      page.locator("tbody tr").first().getByText("Console power").click();
      page.getByRole(AriaRole.TAB, named("What refers to it")).click();
      assertThat(page.locator("main")).containsText("Facilities, by Operator");
      assertThat(page.locator("main")).containsText("Console plant D");
      assertThat(reader.faults()).isEmpty();
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void aChangeIsMadeRefusedLookedAtAndUndone() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/reference/facilities/CONSOLE_A?tab=edit");
      page.getByLabel("Capacity (MW)").fill("much");
      page.getByLabel("Latitude (°)").fill("123");
      button(page, "Save the change").click();
      assertThat(page.getByLabel("Capacity (MW)")).hasAttribute("aria-invalid", "true");
      reader.faults().removeIf(fault -> fault.contains("400"));

      page.getByLabel("Capacity (MW)").fill("12.5");
      page.getByLabel("Latitude (°)").fill("");
      page.getByLabel("Reason").fill("measured anew – größer");
      button(page, "Save the change").click();
      assertThat(page.locator("dl.properties")).containsText("12.5");
      assertThat(capacity("CONSOLE_A").asDouble()).isEqualTo(12.5);

      page.getByRole(AriaRole.TAB, named("History")).click();
      Locator latest = page.locator(".history > li").first();
      assertThat(latest).containsText("measured anew – größer");
      assertThat(latest).containsText(Pattern.compile("Capacity \\(MW\\)\\s*10\\s*12.5"));
      page.locator(".history > li").last().getByText("See it as of then").click();
      assertThat(page.locator("dl.properties"))
          .containsText(Pattern.compile("Capacity \\(MW\\)10"));
      assertThat(page.locator(".note.warn")).containsText("You see a past state");
      page.goBack();

      latest.getByText("Undo").click();
      Locator window = page.getByRole(AriaRole.DIALOG);
      assertThat(window).containsText(Pattern.compile("Capacity \\(MW\\)\\s*12.5\\s*10"));
      window.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo")).click();
      assertThat(page.locator(".history > li")).hasCount(3);
      assertThat(capacity("CONSOLE_A").asDouble()).isEqualTo(10);
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void twoEditorsSeeBothChanges() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/reference/facilities/CONSOLE_B?tab=edit");
      page.getByLabel("Capacity (MW)").fill("30");
      page.getByLabel("Commissioned").fill("1957");
      String tag =
          RestAssured.given().get("/api/v1/facilities/CONSOLE_B").then().extract().header("ETag");
      RestAssured.given()
          .header("If-Match", tag)
          .header("X-Change-Reason", "by the register")
          .contentType("application/merge-patch+json")
          .body("{\"capacityMw\": 20, \"name\": \"Console plant Bee\"}")
          .patch("/api/v1/facilities/CONSOLE_B")
          .then()
          .statusCode(200);
      button(page, "Save the change").click();
      Locator conflict = page.locator("table.conflict");
      assertThat(conflict).containsText(Pattern.compile("both changed it\\s*10\\s*20\\s*30"));
      assertThat(page.locator("main")).containsText("by the register");
      reader.faults().removeIf(fault -> fault.contains("412"));
      page.getByLabel("Capacity (MW): take theirs, 20").check();
      button(page, "Go on with this choice").click();
      button(page, "Save the change").click();
      assertThat(page.locator("h1")).hasText("Console plant Bee");
      assertThat(page.locator("dl.properties")).containsText("1957");
      assertThat(capacity("CONSOLE_B").asDouble()).isEqualTo(20);
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void aConflictIsSettledAndUndoneByTheKeyboardAlone() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/reference/providers/CONSOLE_P?tab=edit");
      tabTo(page, page.getByLabel("Licence"));
      page.keyboard().type("mine");
      String tag =
          RestAssured.given().get("/api/v1/providers/CONSOLE_P").then().extract().header("ETag");
      RestAssured.given()
          .header("If-Match", tag)
          .contentType("application/merge-patch+json")
          .body("{\"licence\": \"theirs\"}")
          .patch("/api/v1/providers/CONSOLE_P")
          .then()
          .statusCode(200);
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.HEADING, named("Somebody else changed this"))).isFocused();
      reader.faults().removeIf(fault -> fault.contains("412"));
      tabTo(page, page.getByLabel("Licence: take theirs, theirs"));
      page.keyboard().press("ArrowRight");
      assertThat(page.getByLabel("Licence: take mine, mine")).isChecked();
      page.keyboard().press("Enter");
      assertThat(button(page, "Save the change")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("dl.properties")).containsText("mine");

      page.navigate("/reference/providers/CONSOLE_P?tab=history");
      tabTo(page, page.locator(".history button").first());
      page.keyboard().press("Enter");
      Locator window = page.getByRole(AriaRole.DIALOG);
      assertThat(window.getByLabel("Reason")).isFocused();
      assertThat(window).containsText(Pattern.compile("Licence\\s*mine\\s*theirs"));
      page.keyboard().press("Enter");
      assertThat(window).hasCount(0);
      assertThat(page.locator(".history > li")).hasCount(4);
      assertThat(CLIENT.get("providers/CONSOLE_P").get("licence").asText()).isEqualTo("theirs");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void severalItemsAreChangedByTheKeyboardAlone() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/reference/facilities?code=CONSOLE_C,CONSOLE_D");
      assertThat(page.locator("tbody tr")).hasCount(2);
      tabTo(page, button(page, "Pick all of the page"));
      page.keyboard().press("Enter");
      tabTo(page, button(page, "Change 2 picked"));
      page.keyboard().press("Enter");
      Locator window = page.getByRole(AriaRole.DIALOG);
      assertThat(window.getByLabel("What to do")).isFocused();
      page.keyboard().type("Set Capacity");
      tabTo(
          page, window.getByLabel("Capacity (MW)", new Locator.GetByLabelOptions().setExact(true)));
      page.keyboard().press("Enter");
      assertThat(window).containsText("Nothing was changed: give a value");
      assertThat(capacity("CONSOLE_C").asDouble()).isEqualTo(10);
      page.keyboard().type("77");
      tabTo(page, window.getByLabel("Reason"));
      page.keyboard().type("both were enlarged");
      page.keyboard().press("Enter");
      assertThat(page.locator("tbody")).containsText(Pattern.compile("77[\\s\\S]*77"));
      assertThat(window).hasCount(0);
      assertThat(capacity("CONSOLE_C").asDouble()).isEqualTo(77);
      assertThat(capacity("CONSOLE_D").asDouble()).isEqualTo(77);
      JsonNode last = CLIENT.get("facilities/CONSOLE_D/history?limit=1").get("items").get(0);
      assertThat(last.get("reason").asText()).isEqualTo("both were enlarged");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void whoChangesSeveralSeesWhatOthersChangedMeanwhile() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/reference/facilities?code=CONSOLE_E,CONSOLE_F");
      button(page, "Pick all of the page").click();
      button(page, "Change 2 picked").click();
      Locator window = page.getByRole(AriaRole.DIALOG);
      window.getByLabel("What to do").selectOption("capacityMw");
      window.getByLabel("Capacity (MW)", new Locator.GetByLabelOptions().setExact(true)).fill("55");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      String tag =
          RestAssured.given().get("/api/v1/facilities/CONSOLE_F").then().extract().header("ETag");
      RestAssured.given()
          .header("If-Match", tag)
          .contentType("application/merge-patch+json")
          .body("{\"commissioned\": \"1990\"}")
          .patch("/api/v1/facilities/CONSOLE_F")
          .then()
          .statusCode(200);
      button(page, "Change all 2").click();
      assertThat(window.getByRole(AriaRole.ALERT)).containsText("Console plant F by anonymous");
      assertThat(capacity("CONSOLE_E").asDouble()).isEqualTo(10);
      button(page, "Take them as they are now").click();
      button(page, "Change all 2").click();
      assertThat(window).hasCount(0);
      assertThat(capacity("CONSOLE_F").asDouble()).isEqualTo(55);
      reader.faults().removeIf(fault -> fault.contains("412"));
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void anItemIsMadeAndDeletedAndComesBack() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/reference/providers?create=1");
      button(page, "Make it").click();
      assertThat(page.locator("[aria-invalid='true']")).isFocused();
      page.getByLabel("Code (required)").fill("CONSOLE_NEW");
      page.getByLabel("Name (required)").fill("A new one");
      button(page, "Make it").click();
      assertThat(page.locator("h1")).hasText("A new one");
      button(page, "Delete").click();
      page.getByRole(AriaRole.DIALOG).getByText("Delete", exactly()).click();
      assertThat(page.locator(".history > li")).hasCount(2);
      button(page, "Undo revision").or(page.locator(".history button")).first().click();
      page.getByRole(AriaRole.DIALOG)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo"))
          .click();
      assertThat(page.locator(".history > li")).hasCount(3);
      assertThat(CLIENT.get("providers/CONSOLE_NEW").get("name").asText()).isEqualTo("A new one");
    }
    reader.faults().clear(); // a deleted item is a 404, which the browser writes down
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void aTextThatIsNotChosenIsAskedAbout() {
    try (Page page = reader.page()) {
      page.navigate("/reference/facilities/CONSOLE_A?tab=edit");
      Locator operator =
          page.getByRole(AriaRole.COMBOBOX, named("Operator").setExact(true)).first();
      operator.fill("nobody at all");
      assertThat(operator).hasAttribute("aria-expanded", "true");
      operator.press("Escape");
      assertThat(operator).hasAttribute("aria-expanded", "false");
      assertThat(operator).hasValue("nobody at all");
      button(page, "Save the change").click();
      assertThat(operator).hasAttribute("aria-invalid", "true");
      assertThat(operator).isFocused();
      assertThat(page.locator("main")).containsText("Choose one of the proposals");
      assertThat(reader.faults()).isEmpty();
    }
  }

  /** A control shows less than a value may have; what nobody changed stays. */
  @Test
  void whatIsNotTouchedReadsAsItWas() {
    try (Page page = reader.page()) {
      page.navigate("/reference");
      page.locator("h1").waitFor();
      assertThat(
              page.evaluate(
                  """
                  async () => {
                    const { fieldOf } = await import('/console/js/reference/form.js');
                    const name = fieldOf('name', { kind: 'text' }, ' two\\nlines ');
                    const map = fieldOf('identifiers', { kind: 'map' }, { 'A:B': 'c' });
                    map.element.querySelector('textarea').value += '\\nISIN: D';
                    return JSON.stringify([name.read(), map.read()]);
                  }
                  """))
          .isEqualTo("[\" two\\nlines \",{\"A:B\":\"c\",\"ISIN\":\"D\"}]");
    }
  }

  /** The forms have each property that the API describes, and no other. */
  @Test
  void theFormsKnowAllProperties() throws Exception {
    JsonNode schemas = CLIENT.get("/openapi").get("components").get("schemas");
    try (Page page = reader.page()) {
      page.navigate("/reference");
      for (Map.Entry<String, String> one : SCHEMAS.entrySet()) {
        Object known =
            page.evaluate(
                "async path => { const c = await import('/console/js/reference/collections.js');"
                    + " return ['code', 'name', ...Object.keys(c.collectionAt(path).properties)]"
                    + ".sort().join(); }",
                one.getKey());
        List<String> described = new ArrayList<>();
        schemas.get(one.getValue()).get("properties").fieldNames().forEachRemaining(described::add);
        described.sort(null);
        assertThat(known).as(one.getKey()).isEqualTo(String.join(",", described));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1366, en-GB", "DARK, 360, de-DE"})
  void nothingKeepsAnybodyOut(ColorScheme scheme, int width, String language) {
    try (Page page = reader.page(scheme, width, language)) {
      for (String view :
          List.of(
              "/reference",
              "/reference/facilities?q=console",
              "/reference/facilities/CONSOLE_A",
              "/reference/organizations/CONSOLE_O?tab=references",
              "/reference/facilities/CONSOLE_A?tab=history",
              "/reference/facilities/CONSOLE_A?tab=edit",
              "/reference/instruments?create=1")) {
        page.navigate(view);
        page.locator("h1").waitFor();
        page.locator("main:not(:has([aria-busy])):not(:has(.busy))").waitFor();
        reader.assertAccessible(page);
      }
      assertThat(reader.faults()).isEmpty();
    }
  }
}
