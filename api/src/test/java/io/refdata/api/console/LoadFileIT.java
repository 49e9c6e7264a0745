package io.refdata.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.refdata.api.console.Reader.tabTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An engineer brings in a file, and sees what becomes of it before anything is written. */
@ArquillianTest
class LoadFileIT {
  private static final PlatformClient CLIENT = PlatformForTests.client();

  private static Reader reader;

  @BeforeAll
  static void fill() throws Exception {
    reader = Reader.start();
    CLIENT.create("indicators/console_output", "{\"name\": \"Output\"}");
    CLIENT.yearly("CONSOLE_LOADED", "region=regions", "indicator=indicators");
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

  private static FilePayload file(String name, String text) {
    return new FilePayload(name, "text/csv", text.getBytes(UTF_8));
  }

  /** A long file with a number that is none in one of its lines. */
  private static String lines(String second) {
    StringBuilder text = new StringBuilder("iso_code;year;indicator;amount\n");
    for (int year = 1990; year < 2020; year++) {
      text.append("FRA;")
          .append(year)
          .append(";console_output;")
          .append(year - 1900)
          .append(",5\n");
    }
    return text.append("DEU;2000;console_output;").append(second).append('\n').toString();
  }

  private static long count() throws Exception {
    long count = 0;
    for (var series : CLIENT.get("datasets/CONSOLE_LOADED/series").get("items")) {
      count += series.get("count").asLong();
    }
    return count;
  }

  @Test
  void aFileIsLookedAtTriedLoadedAndCorrected() throws Exception {
    try (Page page = reader.page()) {
      page.navigate("/loads");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Bring in a file"))
          .first()
          .click();
      page.locator("input[type=file]").setInputFiles(file("console-output.csv", lines("n.k.")));
      assertThat(page.locator("pre.lines")).containsText("FRA;1990;console_output;90,5");
      page.getByLabel("What it goes into").selectOption("datasets/CONSOLE_LOADED");
      assertThat(page.getByRole(AriaRole.TABLE, named("What the first lines become")))
          .containsText(Pattern.compile("FRA.console_output\\s*1990\\s*90.5"));
      assertThat(page.getByRole(AriaRole.TABLE, named("What was found in the file")))
          .containsText("delimiter");

      button(page, "Try the first thousand lines").click();
      Locator tried = page.getByRole(AriaRole.REGION, named("A trial").setExact(true));
      assertThat(tried).containsText(Pattern.compile("Read\\s*31\\s*New\\s*30\\s*Rejected\\s*1"));
      assertThat(tried).containsText("n.k.");
      assertThat(count()).isZero();

      button(page, "Load the whole file").click();
      assertThat(page).hasURL(Pattern.compile(".*/loads/\\d+"));
      assertThat(page.locator("main")).containsText("The data can be read now.");
      Locator rejects = page.getByRole(AriaRole.REGION, named("Rejects").setExact(true));
      assertThat(rejects).containsText(Pattern.compile("32\\s*amount"));
      assertThat(count()).isEqualTo(30);

      List<String> stored = new CopyOnWriteArrayList<>();
      page.onRequest(
          request -> {
            if (request.method().equals("PUT")) {
              stored.add(request.url());
            }
          });
      rejects.getByText("Bring in the corrected file").click();
      page.locator("input[type=file]").setInputFiles(file("console-output.csv", lines("7,25")));
      assertThat(page.getByLabel("Layout", new Page.GetByLabelOptions().setExact(true)))
          .hasValue("console-output");
      button(page, "Load the whole file").click();
      assertThat(page.locator("main")).containsText(Pattern.compile("Unchanged\\s*30"));
      assertThat(count()).isEqualTo(31);
      assertThat(stored).as("a stored layout that nobody changed").isEmpty();
      assertThat(reader.faults()).isEmpty();
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void theKeyboardAloneIsEnough() throws Exception {
    try (Page page = reader.page()) {
      // Choosers are caught from now on: a key might open one before the wait for it has begun.
      page.onFileChooser(chooser -> {});
      page.navigate("/loads/new?into=providers");
      Locator field = page.locator("input[type=file]");
      tabTo(page, field);
      page.waitForFileChooser(() -> page.keyboard().press("Enter"))
          .setFiles(file("publishers.csv", "code,name\nCONSOLE_KEYED,By the keyboard\n"));
      tabTo(page, page.getByLabel("Name of the layout"));
      tabTo(page, button(page, "Try the first thousand lines"));
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).containsText("No line was rejected.");
      tabTo(page, button(page, "Load the whole file"));
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).containsText("The data can be read now.");
      assertThat(CLIENT.get("providers/CONSOLE_KEYED").get("name").asText())
          .isEqualTo("By the keyboard");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @Test
  void aLoadThatFailedShowsItsRejects() throws Exception {
    JsonNode load =
        CLIENT.send(
            "into=datasets/CONSOLE_LOADED&maxRejectRatio=0",
            BodyPublishers.ofString("region,indicator,time,value\nFRA,console_output,1988,many\n"));
    try (Page page = reader.page()) {
      page.navigate("/loads/" + load.get("id").asLong());
      assertThat(page.getByRole(AriaRole.REGION, named("Rejects").setExact(true)))
          .containsText("'many' is not a number");
      assertThat(reader.faults()).isEmpty();
    }
  }

  /** Its lines are seen as those of a file that is not packed, and it is sent as it is. */
  @Test
  void aZipFileIsLookedInto() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed)) {
      zip.putNextEntry(new ZipEntry("inner/"));
      zip.putNextEntry(new ZipEntry("inner/publishers.tsv"));
      zip.write("code\tname\nCONSOLE_ZIPPED\tOut of a ZIP file\n".getBytes(UTF_8));
    }
    FilePayload file =
        new FilePayload("zipped-publishers.zip", "application/zip", packed.toByteArray());
    try (Page page = reader.page()) {
      page.navigate("/loads/new?into=providers");
      page.locator("input[type=file]").setInputFiles(file);
      assertThat(page.locator("pre.lines")).containsText("CONSOLE_ZIPPED\tOut of a ZIP file");
      button(page, "Try the first thousand lines").click();
      assertThat(page.locator("main")).containsText("No line was rejected.");
      button(page, "Load the whole file").click();
      assertThat(page.locator("main")).containsText("The data can be read now.");
      assertThat(CLIENT.get("providers/CONSOLE_ZIPPED").get("name").asText())
          .isEqualTo("Out of a ZIP file");
      assertThat(reader.faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1366, en-GB", "DARK, 360, de-DE"})
  void nothingKeepsAnybodyOut(ColorScheme scheme, int width, String language) throws Exception {
    long id =
        CLIENT
            .load(
                "into=datasets/CONSOLE_LOADED&maxRejectRatio=1",
                BodyPublishers.ofString("region,indicator,time,value\nFRA,console_output,1989,x\n"))
            .get("id")
            .asLong();
    try (Page page = reader.page(scheme, width, language)) {
      for (String view : List.of("/loads", "/loads/" + id, "/loads/new")) {
        page.navigate(view);
        page.locator("h1").waitFor();
        page.locator("main:not(:has([aria-busy])):not(:has(.busy))").waitFor();
        reader.assertAccessible(page);
      }
      page.locator("input[type=file]").setInputFiles(file("console.csv", lines("?")));
      page.locator("select").first().selectOption("datasets/CONSOLE_LOADED");
      page.locator("input[pattern]").waitFor();
      page.locator("main:not(:has([aria-busy])):not(:has(.busy))").waitFor();
      reader.assertAccessible(page);
      assertThat(reader.faults()).isEmpty();
    }
  }
}
