package io.refdata.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;

/**
 * Somebody who reads the console with the Chromium of the machine. What goes wrong in a page
 * without anybody seeing it is kept: messages of errors, and requests to other hosts.
 */
public final class Reader implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final int MOST_TABS = 120;
  private static final double PATIENCE_MILLIS = 15_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();

  private Reader(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts a browser; the test is skipped where there is none. */
  public static Reader start() {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM), "There is no " + CHROMIUM + ": apt-get install chromium");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Reader(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu"))));
  }

  static String base() {
    return RestAssured.baseURI + ":" + RestAssured.port;
  }

  /** A page of a browser that has not been here before. */
  Page page(ColorScheme scheme, int width, String language) {
    return page(base(), scheme, width, language);
  }

  /** The same of another server than the one under test. */
  public Page page(String base, ColorScheme scheme, int width, String language) {
    faults.clear();
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(width, 800)
                .setColorScheme(scheme)
                .setLocale(language)
                .setTimezoneId("Europe/Berlin"));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            faults.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> faults.add(page.url() + ": " + error));
    page.onRequest(
        request -> {
          if (!request.url().startsWith(base) && !request.url().startsWith("blob:")) {
            faults.add(page.url() + " asks " + request.url());
          }
        });
    CDPSession network = context.newCDPSession(page);
    network.on(
        "Network.loadingFinished",
        (JsonObject event) -> received.addAndGet(event.get("encodedDataLength").getAsLong()));
    network.send("Network.enable");
    return page;
  }

  /** A page as most see it first. */
  Page page() {
    return page(ColorScheme.LIGHT, 1366, "en-GB");
  }

  /** The faults of the pages so far. */
  List<String> faults() {
    return faults;
  }

  /** The bytes that pages have received so far, headers included, as they came over the wire. */
  long received() {
    return received.get();
  }

  /** Goes on with the Tab key until an element has the focus. */
  static void tabTo(Page page, Locator element) {
    element.waitFor();
    for (int i = 0; i < MOST_TABS; i++) {
      if (Boolean.TRUE.equals(element.evaluate("one => one === document.activeElement"))) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("The Tab key does not reach " + element);
  }

  /**
   * Has axe look at a page, and sees that nothing is wider than it, and that nothing went wrong.
   */
  void assertAccessible(Page page) {
    assertThat(faults).isEmpty();
    // The other mode opens one more page each time, for the sake of frames, of which there are
    // none.
    assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
        .as(page.url())
        .extracting(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
        .isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("width of " + page.url())
        .isEqualTo(0);
    faults.clear(); // axe puts styles into the page, which its policy refuses
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
