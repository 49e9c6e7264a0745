package io.refdata.api.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.refdata.access.Role;
import io.refdata.api.console.Reader;
import io.refdata.api.platform.DevelopmentIssuer;
import io.refdata.api.route.Route;
import io.undertow.util.HttpString;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The access to a server that is closed, and to one on which anybody may edit. */
@Tag("own-platform")
class AccessIT {
  private static final String BEARER = "Bearer realm=\"refdata\"";
  private static final String BASIC = "Basic realm=\"refdata\", charset=\"UTF-8\"";
  private static final String AUTHORIZATION = "Authorization";

  @TempDir private static Path home;
  private static ClosedPlatform platform;
  private static final List<Operation> OPERATIONS = new ArrayList<>();

  /** An operation of the description; its path is about something that may not exist. */
  private record Operation(String method, String template, Set<String> roles) {
    String path() {
      return template
          .replaceAll("code-lists/\\{[^}]*}", "code-lists/FUEL")
          .replaceAll("\\{[^}]*}", "X9");
    }

    boolean isOfUnits() {
      return template.startsWith("/api/v1/units") && method.equals("GET");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    platform = new ClosedPlatform(home);
    JsonNode description = platform.description();
    description
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (method.getValue().has("responses")) {
                            OPERATIONS.add(
                                new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    roles(method.getValue())));
                          }
                        }));
    assertThat(OPERATIONS).hasSizeGreaterThan(100);
    dataset("OPEN", true);
    dataset("SHUT", false);
  }

  private static Set<String> roles(JsonNode operation) {
    Set<String> roles = new HashSet<>();
    operation.get("security").forEach(one -> one.path("token").forEach(r -> roles.add(r.asText())));
    return roles;
  }

  private static void dataset(String code, boolean isPublic) throws Exception {
    HttpResponse<String> put = put(code, isPublic, "If-Match");
    if (put.statusCode() == 412) {
      put = put(code, isPublic, "If-None-Match");
    }
    assertThat(put.statusCode()).as(put.body()).isIn(200, 201);
  }

  /**
   * @param condition {@code If-Match} to replace a dataset, {@code If-None-Match} to create it
   */
  private static HttpResponse<String> put(String code, boolean isPublic, String condition)
      throws Exception {
    return put(code, "region", isPublic, condition);
  }

  private static HttpResponse<String> put(
      String code, String dimension, boolean isPublic, String condition) throws Exception {
    return platform.sendBody(
        platform.editable(),
        "PUT",
        "/api/v1/datasets/" + code,
        """
        {"name": "A dataset", "frequency": "A", "public": %s,
         "dimensions": [{"code": "%s", "values": "regions"}]}
        """
            .formatted(isPublic, dimension),
        "Content-Type",
        "application/json",
        condition,
        "*");
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void theDescriptionHasTheRolesOfTheTable() {
    for (Operation operation : OPERATIONS) {
      Route route = Route.of(operation.template());
      assertThat(route).as(operation.toString()).isNotNull();
      assertThat(route.roles(new HttpString(operation.method())).stream().map(Role::word))
          .as(operation.toString())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(operation.roles());
    }
  }

  @Test
  void withoutACredentialNothingIsLetIn() throws Exception {
    for (Operation operation : OPERATIONS) {
      HttpResponse<String> answer =
          platform.send(platform.closed(), operation.method(), operation.path());
      if (operation.isOfUnits()) {
        assertThat(answer.statusCode()).as(operation.toString()).isIn(200, 404);
      } else {
        assertIsUnknown(answer, operation.toString());
      }
    }
  }

  private static void assertIsUnknown(HttpResponse<String> answer, String what) {
    assertThat(answer.statusCode()).as(what).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).as(what).contains(BEARER, BASIC);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("ETag")).as(what).isEmpty();
    assertThat(answer.headers().firstValue("Allow")).as(what).isEmpty();
  }

  @Test
  void whatAnybodyMayDoIsLetInAndNothingElse() throws Exception {
    for (Operation operation : OPERATIONS) {
      HttpResponse<String> answer =
          platform.sendBody(
              platform.editable(),
              operation.method(),
              operation.path(),
              operation.method().equals("GET") ? "" : "no JSON",
              "Content-Type",
              "application/json");
      if (operation.roles().contains("editor") || operation.isOfUnits()) {
        assertThat(answer.statusCode()).as(operation + " " + answer.body()).isNotIn(401, 403, 500);
      } else {
        assertIsUnknown(answer, operation.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1",
        "/api/v1/nothing",
        "/api/v1/nothing/at/all",
        "/api/v1/datasets/OPEN/nothing",
        "/api/v1/d%61tasets/SHUT",
        "/api/v1/%64atasets",
        "/api/v1/%72egions",
        "/api/v1/%63hanges?limit=1",
        "/api/v1/datab%61se/caches",
        "/api/v1/units/../database/caches",
        "/api/v1/units/%2E%2E/regions",
        "/api/v1/database%2Fcaches",
        "/api/v1/datasets",
        "/api/v1/datasets?format=csv",
        "/api/v1/regions?format=csv",
        "/api/v1/regions?count=exact",
        "/api/v1/regions?asOf=2020-01-01T00:00:00Z",
        "/api/v1/regions?nonsense=1",
        "/api/v1/changes",
        "/api/v1/loads",
        "/api/v1/datasets/OPEN%2Fseries",
        "/api/v1/datasets/open",
        "/metrics"
      })
  void addressesAndCountsDoNotLeak(String path) throws Exception {
    for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PATCH")) {
      HttpResponse<String> answer = platform.send(platform.closed(), method, path);
      assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(401);
      assertThat(answer.headers().firstValue("Allow")).isEmpty();
    }
  }

  @Test
  void healthAndTheDescriptionAreOpen() throws Exception {
    for (String path : List.of("/health/live", "/health/ready", "/openapi")) {
      assertThat(platform.send(platform.closed(), "GET", path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRefusalDoesNotDependOnWhatThereIs() throws Exception {
    for (String path : List.of("/api/v1/regions/%s", "/api/v1/regions/%s/history")) {
      HttpResponse<String> there = platform.send(platform.closed(), "GET", path.formatted("DEU"));
      HttpResponse<String> absent = platform.send(platform.closed(), "GET", path.formatted("D9U"));
      assertThat(absent.body().replace("D9U", "DEU")).isEqualTo(there.body());
      assertThat(absent.headers().map().keySet()).isEqualTo(there.headers().map().keySet());
    }
    HttpResponse<String> shut = platform.send(platform.closed(), "GET", "/api/v1/datasets/SHUT");
    HttpResponse<String> absent = platform.send(platform.closed(), "GET", "/api/v1/datasets/S9UT");
    assertThat(absent.body().replace("S9UT", "SHUT")).isEqualTo(shut.body());
    assertIsUnknown(
        platform.send(platform.closed(), "GET", "/api/v1/datasets/SHUT", "If-None-Match", "*"),
        "If-None-Match");
  }

  @Test
  void aMalformedCredentialIsRefused() throws Exception {
    assertRefused(400, "invalid_request", AUTHORIZATION, "Bearer a", AUTHORIZATION, "Bearer b");
    assertRefused(400, "invalid_request", AUTHORIZATION, "Bearer");
    assertRefused(400, "invalid_request", AUTHORIZATION, "Bearer a b");
    assertRefused(400, "invalid_request", AUTHORIZATION, "Bearer \"quoted\"");
    assertRefused(400, "invalid_request", AUTHORIZATION, "Bearer " + "a".repeat(10_000));
    assertRefused(400, "invalid_request", AUTHORIZATION, "Basic !");
    assertRefused(401, "invalid_token", AUTHORIZATION, "Bearer nothing");
    assertRefused(401, "invalid_token", AUTHORIZATION, "bearer rdo_nothing");
    assertRefused(401, "invalid_token", AUTHORIZATION, basic("anybody:nothing"));
    assertIsUnknown(
        platform.send(platform.closed(), "GET", "/api/v1/regions", AUTHORIZATION, "Digest x=y"),
        "another scheme");
    HttpResponse<String> inUrl =
        platform.send(platform.closed(), "GET", "/api/v1/regions?access_token=secret");
    assertThat(inUrl.statusCode()).isEqualTo(400);
    assertThat(inUrl.body()).doesNotContain("secret");
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(int status, String error, String... headers) throws Exception {
    for (URI server : List.of(platform.closed(), platform.editable())) {
      for (String path : List.of("/api/v1/regions/DEU", "/api/v1/datasets/OPEN")) {
        HttpResponse<String> answer = platform.send(server, "GET", path, headers);
        String what = String.join(" ", headers);
        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.headers().allValues("WWW-Authenticate").get(0))
            .as(what)
            .startsWith(BEARER + ", error=\"" + error + "\", error_description=\"");
        assertThat(answer.body()).doesNotContain("nothing");
      }
    }
  }

  @Test
  void aPublicDatasetIsReadWithoutACredential() throws Exception {
    for (String path : List.of("", "/observations", "/series", "/history")) {
      assertThat(
              platform.send(platform.closed(), "GET", "/api/v1/datasets/OPEN" + path).statusCode())
          .as(path)
          .isEqualTo(200);
    }
    assertThat(
            platform
                .sendBody(
                    platform.closed(),
                    "POST",
                    "/api/v1/datasets/OPEN/observations/query",
                    "{\"limit\": 1}",
                    "Content-Type",
                    "application/json")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            platform
                .send(platform.closed(), "GET", "/api/v1/datasets/O%50EN?asOf=2020-01-01T00:00:00Z")
                .statusCode())
        .isEqualTo(404);
    for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS")) {
      assertIsUnknown(platform.send(platform.closed(), method, "/api/v1/datasets/OPEN"), method);
    }
    assertIsUnknown(
        platform.send(platform.closed(), "POST", "/api/v1/datasets/OPEN/observations"), "a push");
  }

  @Test
  void aPublicDatasetIsNoWayToOneThatIsNot() throws Exception {
    String weighed = "/api/v1/datasets/OPEN/observations?region=FRA&aggregate=region&weight=";
    String compared = "/api/v1/compare?series=OPEN:FRA&series=";
    assertThat(platform.send(platform.closed(), "GET", weighed + "OPEN").statusCode())
        .isEqualTo(200);
    assertThat(platform.send(platform.closed(), "GET", compared + "OPEN:DEU").statusCode())
        .isEqualTo(404);
    dataset("HIDDEN", false);
    for (String other : List.of("HIDDEN", "HIDDEN:*", "NOWHERE", "")) {
      assertIsUnknown(platform.send(platform.closed(), "GET", weighed + other), other);
      assertIsUnknown(platform.send(platform.closed(), "GET", compared + other + ":FRA"), other);
      assertThat(
              platform
                  .sendBody(
                      platform.closed(),
                      "POST",
                      "/api/v1/datasets/OPEN/observations/query",
                      "{\"region\": \"FRA\", \"aggregate\": \"region\", \"weight\": [\"OPEN\", \"%s\"]}"
                          .formatted(other),
                      "Content-Type",
                      "application/json")
                  .statusCode())
          .as(other)
          .isEqualTo(403);
    }
    assertIsUnknown(
        platform.send(
            platform.closed(), "GET", "/api/v1/compare?forecast=OPEN:*&actual=HIDDEN:FRA"),
        "what came");
    assertIsUnknown(platform.send(platform.closed(), "GET", "/api/v1/compare"), "nothing");
  }

  @Test
  void aPublicDatasetIsFilteredByADimensionThatIsCalledLikeTheParameterOfWeights()
      throws Exception {
    assertThat(put("HEAVY", "weight", true, "If-None-Match").statusCode()).isEqualTo(201);
    assertThat(
            platform
                .send(platform.editable(), "GET", "/api/v1/datasets/HEAVY/observations?weight=FRA")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDatasetThatIsPublicNoLongerIsRefusedAtOnceThoughItsResponsesAreCached() throws Exception {
    for (int round = 0; round < 20; round++) {
      dataset("TURNED", true);
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> read = read("TURNED");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).contains("\"public\":true");
      }
      dataset("TURNED", false);
      assertIsUnknown(read("TURNED"), "round " + round);
    }
  }

  @Test
  void aPublicDatasetDoesNotShowAnotherOneThatHadItsCode() throws Exception {
    dataset("SECOND", false);
    String then = "/api/v1/datasets/SECOND?asOf=" + Instant.now().truncatedTo(ChronoUnit.MICROS);
    assertThat(
            platform
                .send(platform.editable(), "DELETE", "/api/v1/datasets/SECOND", "If-Match", "*")
                .statusCode())
        .isEqualTo(204);
    dataset("SECOND", true);
    assertNothingWasThere(then);
    String history = "/api/v1/datasets/SECOND/history";
    assertThat(platform.send(platform.editable(), "GET", then).statusCode()).isEqualTo(404);
    assertThat(changes(platform.send(platform.editable(), "GET", history))).isEqualTo(1);
    String reader = "Bearer " + platform.issuer().token("reader");
    assertThat(
            platform.send(platform.editable(), "GET", then, "Authorization", reader).statusCode())
        .isEqualTo(200);
    assertThat(changes(platform.send(platform.editable(), "GET", history, "Authorization", reader)))
        .isEqualTo(3);
    assertThat(platform.send(platform.editable(), "GET", then).statusCode()).isEqualTo(404);
  }

  /** A stranger is answered as about a dataset that has no predecessor; a reader is told. */
  private static void assertNothingWasThere(String then) throws Exception {
    String reader = "Bearer " + platform.issuer().token("reader");
    for (String below : List.of("/observations", "/observations?region=FRA", "/series")) {
      String separator = below.contains("?") ? "&" : "?";
      String path =
          "/api/v1/datasets/SECOND" + below + separator + then.substring(then.indexOf("asOf"));
      HttpResponse<String> stranger = platform.send(platform.editable(), "GET", path);
      assertThat(stranger.statusCode()).as(path).isEqualTo(200);
      assertThat(
              platform.send(platform.editable(), "GET", path, "Authorization", reader).statusCode())
          .as(path)
          .isEqualTo(410);
    }
  }

  private static int changes(HttpResponse<String> history) throws Exception {
    assertThat(history.statusCode()).as(history.body()).isEqualTo(200);
    return new JsonMapper().readTree(history.body()).get("items").size();
  }

  private static HttpResponse<String> read(String dataset) throws Exception {
    return platform.send(platform.editable(), "GET", "/api/v1/datasets/" + dataset);
  }

  @Test
  void aPublicCollectionIsReadWithoutItsNeighbours() throws Exception {
    for (String path : List.of("units", "units/MWH", "units/MWH/history", "units?limit=5")) {
      assertThat(platform.send(platform.closed(), "GET", "/api/v1/" + path).statusCode())
          .as(path)
          .isEqualTo(200);
    }
    for (String path :
        List.of("units?expand=x", "units?%65xpand=x", "units/MWH?expand", "regions")) {
      assertIsUnknown(platform.send(platform.closed(), "GET", "/api/v1/" + path), path);
    }
    assertIsUnknown(platform.send(platform.closed(), "PUT", "/api/v1/units/MWH"), "a write");
  }

  @Test
  void aTokenOpensWhatItsRolesAllow() throws Exception {
    for (Role role : Role.values()) {
      String name = role.word();
      String token = platform.issuer().token(name);
      for (Operation operation : OPERATIONS) {
        HttpResponse<String> answer =
            platform.sendBody(
                platform.closed(),
                operation.method(),
                operation.path(),
                operation.method().equals("GET") ? "" : "no JSON",
                "Content-Type",
                "application/json",
                AUTHORIZATION,
                "Bearer " + token);
        String what = name + " " + operation + " " + answer.body();
        if (operation.roles().contains(name) || operation.isOfUnits()) {
          assertThat(answer.statusCode()).as(what).isNotIn(401, 403, 500);
        } else {
          assertThat(answer.statusCode()).as(what).isEqualTo(403);
          assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
              .startsWith(BEARER + ", error=\"insufficient_scope\", scope=\"");
        }
      }
    }
  }

  @Test
  void aTokenThatIsNotGoodOpensNothing() throws Exception {
    DevelopmentIssuer issuer = platform.issuer();
    DevelopmentIssuer other = DevelopmentIssuer.in(home.resolve("other"));
    String good = issuer.token("reader");
    Instant past = Instant.now().minusSeconds(3_600);
    List<String> bad =
        List.of(
            issuer.signed(
                DevelopmentIssuer.claims("reader").expirationTime(Date.from(past)).build()),
            issuer.signed(DevelopmentIssuer.claims("reader").audience("another").build()),
            issuer.signed(DevelopmentIssuer.claims("reader").issuer("https://other").build()),
            other.token("reader"),
            unsigned(good),
            good.substring(0, good.length() - 8) + "AAAAAAAA");
    for (String token : bad) {
      assertRefused(401, "invalid_token", AUTHORIZATION, "Bearer " + token);
      assertRefused(401, "invalid_token", AUTHORIZATION, basic("x:" + token));
    }
    assertThat(
            platform
                .send(
                    platform.closed(), "GET", "/api/v1/regions", AUTHORIZATION, basic("x:" + good))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aTokenThatAnOperatorEndsOpensNothingFromThenOn() throws Exception {
    DevelopmentIssuer issuer = platform.issuer();
    String stolen =
        issuer.signed(DevelopmentIssuer.claims("reader").subject("thief").jwtID("t-1").build());
    String other =
        issuer.signed(DevelopmentIssuer.claims("reader").subject("thief").jwtID("t-2").build());
    String operator = "Bearer " + issuer.token("operator");
    assertThat(get("/api/v1/regions/DEU", AUTHORIZATION, "Bearer " + stolen).statusCode())
        .isEqualTo(200);
    end("{\"jti\": \"t-1\"}", operator);
    assertRefusedByClosed(stolen);
    assertThat(get("/api/v1/regions/DEU", AUTHORIZATION, "Bearer " + other).statusCode())
        .isEqualTo(200);
    end("{\"subject\": \"thief\"}", operator);
    assertRefusedByClosed(other);
    assertThat(get("/api/v1/access/endings", AUTHORIZATION, operator).statusCode()).isEqualTo(200);
  }

  private static void assertRefusedByClosed(String token) throws Exception {
    HttpResponse<String> answer = get("/api/v1/regions/DEU", AUTHORIZATION, "Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate").get(0)).contains("invalid_token");
  }

  private static void end(String body, String operator) throws Exception {
    HttpResponse<String> ended =
        platform.sendBody(
            platform.closed(),
            "POST",
            "/api/v1/access/endings",
            body,
            "Content-Type",
            "application/json",
            AUTHORIZATION,
            operator);
    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(201);
  }

  private static String unsigned(String token) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    return header + "." + token.split("\\.", -1)[1] + ".";
  }

  @Test
  void whatIsCachedForAReaderIsGivenToNobodyElse() throws Exception {
    String reader = "Bearer " + platform.issuer().token("reader");
    String loader = "Bearer " + platform.issuer().token("loader");
    for (String path : List.of("/api/v1/regions/DEU", "/api/v1/regions?limit=5")) {
      String tag = "";
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> read =
            platform.send(platform.closed(), "GET", path, AUTHORIZATION, reader);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Vary").orElseThrow()).contains(AUTHORIZATION);
        tag = read.headers().firstValue("ETag").orElseThrow();
      }
      assertIsUnknown(platform.send(platform.closed(), "GET", path, "If-None-Match", tag), path);
      assertThat(
              platform
                  .send(platform.closed(), "GET", path, "If-None-Match", tag, AUTHORIZATION, loader)
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void aCallerIsToldWhatItIsTakenFor() throws Exception {
    Instant before = Instant.now();
    String token = "Bearer " + platform.issuer().token("reader", "loader");
    JsonNode user = me(platform.closed(), AUTHORIZATION, token);
    assertThat(user.get("name").asText()).isEqualTo("development-reader-loader");
    assertThat(user.get("knownBy").asText()).isEqualTo("token");
    assertThat(user.get("roles").toString()).isEqualTo("[\"reader\",\"loader\"]");
    assertThat(Instant.parse(user.get("until").asText())).isAfter(before);
    assertThat(me(platform.editable(), AUTHORIZATION, token).get("roles").toString())
        .isEqualTo("[\"reader\",\"editor\",\"loader\"]");
    assertThat(me(platform.editable()).toString())
        .isEqualTo(
            "{\"name\":\"anonymous\",\"knownBy\":\"anybody\",\"roles\":[\"editor\"],\"until\":null}");
    assertThat(get("/api/v1/access/me?role=operator", AUTHORIZATION, token).statusCode())
        .isEqualTo(400);

    Instant end = before.plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    JsonNode key = me(platform.closed(), AUTHORIZATION, "Bearer " + key("TOLD", "operator", end));
    assertThat(key.toString())
        .isEqualTo(
            "{\"name\":\"key:TOLD\",\"knownBy\":\"key\",\"roles\":[\"operator\"],\"until\":\"%s\"}"
                .formatted(end));
  }

  private static JsonNode me(URI server, String... headers) throws Exception {
    HttpResponse<String> answer = platform.send(server, "GET", "/api/v1/access/me", headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private static String key(String name, String role, Instant end) throws Exception {
    HttpResponse<String> made =
        platform.sendBody(
            platform.closed(),
            "POST",
            "/api/v1/access/keys",
            "{\"name\": \"%s\", \"roles\": [\"%s\"], \"expiresAt\": \"%s\"}"
                .formatted(name, role, end),
            "Content-Type",
            "application/json",
            AUTHORIZATION,
            "Bearer " + platform.issuer().token("operator"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return new JsonMapper().readTree(made.body()).get("key").asText();
  }

  @Test
  void theConsoleOffersWhatTheRolesAllow() {
    try (Reader reader = Reader.start()) {
      Page page = console(reader);
      assertThat(page.locator("header nav")).hasText("ExploreReference data");
      page.navigate("/operations");
      assertThat(page.locator("main")).containsText("This takes the role operator");

      signIn(page, platform.issuer().token("reader"));
      assertThat(page.locator("header nav")).hasText("ExploreReference dataLoads");
      page.navigate("/loads");
      assertThat(page.locator("main")).containsText("Whoever has the role loader");
      page.navigate("/loads/new");
      assertThat(page.locator("main")).containsText("This takes the role loader");
      page.navigate("/reference/units/MWH?tab=edit");
      assertThat(page.locator("dl.properties")).isVisible();
      assertThat(page.getByRole(AriaRole.TAB)).hasCount(3);

      page = console(reader);
      signIn(page, platform.issuer().token("reader", "editor"));
      page.navigate("/reference/units/MWH");
      assertThat(page.getByRole(AriaRole.TAB)).hasCount(4);

      page = console(reader);
      signIn(page, platform.issuer().token("operator"));
      assertThat(page.locator("header nav")).hasText("Operations");
      page.locator("#session").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Your roles: operator.");
      page.evaluate("sessionStorage.setItem('refdata.token', 'of another day')");
      page.navigate("/");
      assertThat(page.locator(".ended")).isVisible();
      assertThat(page.locator("#session")).hasText("Sign in");
    }
  }

  private static Page console(Reader reader) {
    Page page = reader.page(platform.closed().toString(), ColorScheme.LIGHT, 1366, "en-GB");
    page.navigate("/");
    return page;
  }

  private static void signIn(Page page, String token) {
    page.locator("#session").click();
    page.locator("input[name=token]").fill(token);
    page.keyboard().press("Enter");
    assertThat(page.locator("#session")).not().hasText("Sign in");
  }

  @Test
  void anAuthorIsTheCaller() throws Exception {
    String token = "Bearer " + platform.issuer().token("reader", "editor");
    assertThat(
            platform
                .sendBody(
                    platform.closed(),
                    "PUT",
                    "/api/v1/providers/AUTHORED",
                    "{\"name\": \"A provider\"}",
                    "Content-Type",
                    "application/json",
                    "If-None-Match",
                    "*",
                    AUTHORIZATION,
                    token)
                .statusCode())
        .isEqualTo(201);
    assertThat(
            platform
                .send(
                    platform.closed(),
                    "GET",
                    "/api/v1/providers/AUTHORED/history",
                    AUTHORIZATION,
                    token)
                .body())
        .contains("development-reader-editor");
  }

  @Test
  void anExportIsThereForWhoAskedForItAndForOperatorsOnly() throws Exception {
    String ann = "Bearer " + platform.issuer().token("reader");
    String ben = "Bearer " + platform.issuer().token("reader", "editor");
    String operator = "Bearer " + platform.issuer().token("reader", "operator");
    String order = "{\"dataset\": \"OPEN\", \"format\": \"csv\"}";
    HttpResponse<String> made = export(order, AUTHORIZATION, ann);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
    // A caller who may read a public dataset without a credential may not have it exported.
    assertThat(export(order).statusCode()).isEqualTo(401);
    String path = made.headers().firstValue("Location").orElseThrow();
    path = path.substring(path.indexOf("/api/v1/"));
    for (String below : List.of("", "/file")) {
      assertThat(get(path + below, AUTHORIZATION, ann).statusCode()).isIn(200, 409, 410);
      assertThat(get(path + below, AUTHORIZATION, operator).statusCode()).isIn(200, 409, 410);
      assertThat(get(path + below, AUTHORIZATION, ben).statusCode()).isEqualTo(404);
      assertThat(get(path + below).statusCode()).isEqualTo(401);
    }
    String id = "\"id\":" + path.substring(path.lastIndexOf('/') + 1) + ",";
    assertThat(get("/api/v1/exports", AUTHORIZATION, ann).body()).contains(id);
    assertThat(get("/api/v1/exports", AUTHORIZATION, operator).body()).contains(id);
    assertThat(get("/api/v1/exports", AUTHORIZATION, ben).body()).doesNotContain(id);
    assertThat(platform.send(platform.closed(), "DELETE", path, AUTHORIZATION, ben).statusCode())
        .isEqualTo(404);
    assertThat(
            platform.send(platform.closed(), "DELETE", path, AUTHORIZATION, operator).statusCode())
        .isEqualTo(204);
    assertThat(get(path, AUTHORIZATION, ann).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> export(String order, String... credential) throws Exception {
    List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
    headers.addAll(List.of(credential));
    return platform.sendBody(
        platform.closed(), "POST", "/api/v1/exports", order, headers.toArray(String[]::new));
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return platform.send(platform.closed(), "GET", path, headers);
  }
}
