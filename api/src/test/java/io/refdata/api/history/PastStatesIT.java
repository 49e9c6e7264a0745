package io.refdata.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformForTests;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ArquillianTest
class PastStatesIT {
  private static final int WRITERS = 4;
  private static final int EDITS_EACH = 120;

  @Test
  void whatWasAnsweredWhileOthersWroteIsAnsweredForEver() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(threads.submit(new RandomEdits("AO", i, EDITS_EACH)));
    }
    List<Future<Map<String, String>>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Random random = new Random(100 + i);
      readers.add(threads.submit(() -> ask(random, writing)));
    }
    int written = 0;
    for (Future<Integer> writer : writers) {
      written += writer.get(5, TimeUnit.MINUTES);
    }
    writing.set(false);
    assertThat(written).isGreaterThan(150);

    Map<String, String> answers = new HashMap<>();
    for (Future<Map<String, String>> reader : readers) {
      answers.putAll(reader.get(1, TimeUnit.MINUTES));
    }
    threads.shutdown();
    assertThat(answers).hasSizeGreaterThan(200);
    assertThat(answers.values().stream().distinct().count()).isGreaterThan(100);
    answers.forEach((path, answer) -> assertThat(text(path)).as(path).isEqualTo(answer));
  }

  private static Map<String, String> ask(Random random, AtomicBoolean writing) {
    RandomEdits some = new RandomEdits("AO", random.nextLong(), 0);
    Map<String, String> answers = new HashMap<>();
    while (writing.get()) {
      String path =
          switch (random.nextInt(9)) {
            case 0 -> "facilities/" + some.facility() + "?";
            case 1 -> "regions/" + some.region() + "?";
            case 2 -> "organizations/" + some.organization() + "?";
            case 3 -> "facilities?limit=20&";
            case 4 -> "facilities?fuel=HYDRO,GAS&capacityMw=ge:300&";
            case 5 -> "facilities?within=" + some.region() + "&sort=-capacityMw,name&limit=5&";
            case 6 -> "facilities?organization=" + some.organization() + "&";
            case 7 -> "organizations?sort=name&q=name%201&";
            default -> "regions?parent=" + some.region() + "," + some.region() + "&";
          };
      Instant at = now().minus(1 + random.nextInt(2_000_000), ChronoUnit.MICROS);
      path += "asOf=" + at;
      answers.put(path, text(path));
    }
    return answers;
  }

  private static String text(String path) {
    Http.Answer answer = Http.get(path);
    assertThat(answer.status()).as(answer.body()).isIn(200, 404);
    return answer.status() + " " + answer.header("ETag") + " " + answer.body();
  }

  @Test
  void aPastStateIsThatOfEverythingInIt() {
    put("regions/PSR", "{\"name\": \"Old land\", \"kind\": \"GROUP\"}");
    put("organizations/PSO", "{\"name\": \"Old operator\", \"region\": {\"code\": \"PSR\"}}");
    put("facilities/PSF", facility("Old plant", "PSR", "\"PSO\"", 100));
    String tag = Http.get("facilities/PSF").header("ETag");
    Instant then = now();

    put("regions/PSR", "{\"name\": \"New land\", \"kind\": \"GROUP\"}");
    put("facilities/PSF", facility("New plant", "PSR", null, 200));
    assertThat(Http.delete("organizations/PSO", null).status()).isEqualTo(204);

    Http.Answer past = Http.get("facilities/PSF?asOf=" + then);
    assertThat(past.json().get("name").asText()).isEqualTo("Old plant");
    assertThat(past.json().at("/region/name").asText()).isEqualTo("Old land");
    assertThat(past.json().at("/organization/name").asText()).isEqualTo("Old operator");
    assertThat(past.header("ETag")).isEqualTo(tag);
    assertThat(past.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(Http.get("facilities/PSF").json().at("/region/name").asText()).isEqualTo("New land");
    assertThat(Http.get("facilities/PSF").header("Cache-Control")).isEqualTo("private, no-cache");

    assertThat(Http.get("organizations/PSO").status()).isEqualTo(404);
    assertThat(Http.get("organizations/PSO?asOf=" + then).json().at("/region/name").asText())
        .isEqualTo("Old land");
    assertThat(codes("organizations?code=PSO&asOf=" + then)).containsExactly("PSO");
    assertThat(codes("facilities?organization=PSO&asOf=" + then)).containsExactly("PSF");
    assertThat(codes("facilities?q=old%20plant&asOf=" + then)).contains("PSF");
    // A full-width percent sign, which is searched for as a plain one.
    assertThat(codes("facilities?q=%EF%BC%85&asOf=" + then)).isEmpty();
    assertThat(codes("facilities?q=%EF%BC%85")).isEmpty();
    assertThat(codes("facilities?within=PSR&capacityMw=lt:150&asOf=" + then))
        .containsExactly("PSF");
    assertThat(codes("facilities?within=PSR&capacityMw=lt:150")).isEmpty();
  }

  @Test
  void theTreeOfRegionsIsTheOneOfThen() {
    put("regions/PTA", "{\"name\": \"A\", \"kind\": \"GROUP\"}");
    put("regions/PTB", "{\"name\": \"B\", \"kind\": \"GROUP\", \"parent\": {\"code\": \"PTA\"}}");
    put("regions/PTC", "{\"name\": \"C\", \"kind\": \"GROUP\", \"parent\": {\"code\": \"PTB\"}}");
    put("facilities/PTF", facility("Plant", "PTC", null, 1));
    Instant then = now();
    put("regions/PTB", "{\"name\": \"B\", \"kind\": \"GROUP\"}");
    assertThat(codes("facilities?within=PTA")).isEmpty();
    assertThat(codes("facilities?within=PTA&asOf=" + then)).containsExactly("PTF");
    assertThat(codes("regions?within=PTA&asOf=" + then)).containsExactly("PTB", "PTC");
  }

  @Test
  void codesOfACodeListAndDatasetsHaveAPastToo() {
    put("code-lists/PCL", "{\"name\": \"List\"}");
    put("code-lists/PCL/codes/X", "{\"name\": \"Old\"}");
    put("providers/PCP", "{\"name\": \"Provider\"}");
    String dimensions = "\"dimensions\": [{\"code\": \"region\", \"values\": \"regions\"}]";
    put(
        "datasets/PCD",
        "{\"name\": \"Old\", \"provider\": \"PCP\", \"frequency\": \"A\", " + dimensions + "}");
    Instant then = now();
    put("datasets/PCD", "{\"name\": \"New\", \"frequency\": \"M\", " + dimensions + "}");
    assertThat(Http.delete("code-lists/PCL/codes/X", null).status()).isEqualTo(204);
    assertThat(Http.delete("code-lists/PCL", null).status()).isEqualTo(204);

    assertThat(Http.get("code-lists/PCL/codes?asOf=" + then).json().at("/items/0/name").asText())
        .isEqualTo("Old");
    assertThat(Http.get("code-lists/PCL/codes/X?asOf=" + then).status()).isEqualTo(200);
    assertThat(Http.get("code-lists/PCL/codes").status()).isEqualTo(404);
    JsonNode dataset = Http.get("datasets/PCD?asOf=" + then).json();
    assertThat(dataset.get("name").asText()).isEqualTo("Old");
    assertThat(dataset.get("provider").asText()).isEqualTo("PCP");
    assertThat(dataset.get("frequency").asText()).isEqualTo("A");
    assertThat(codes("datasets?limit=1000&asOf=" + then)).contains("PCD");
    assertThat(codes("datasets?asOf=2001-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void beforeTheFirstRevisionThereWasNothing() {
    assertThat(codes("regions?asOf=2001-01-01T00:00:00Z")).isEmpty();
    assertThat(Http.get("regions/FRA?asOf=2001-01-01T00:00:00Z").status()).isEqualTo(404);
    assertThat(Http.get("code-lists/FUEL/codes?asOf=2001-01-01T00:00:00Z").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.1234567Z",
        "2026-02-30T00:00:00Z",
        "yesterday",
        "",
        "2999-01-01T00:00:00Z"
      })
  void whatIsNoPastInstantIsRefused(String value) {
    for (String path : List.of("regions", "regions/FRA", "datasets", "code-lists/FUEL/codes/GAS")) {
      Http.Answer answer = Http.get(path + "?asOf=" + value);
      assertThat(answer.status()).as(path + answer.body()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo("asOf");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void anOffsetMayBeGivenEscapedOrNot() {
    Instant then = now();
    String body = Http.get("regions?limit=1000&asOf=" + then).body();
    String local = then.plus(90, ChronoUnit.MINUTES).toString().replace("Z", "");
    assertThat(Http.get("regions?limit=1000&asOf=" + local + "%2B01:30").body()).isEqualTo(body);
    assertThat(Http.get("regions?limit=1000&asOf=" + local + "+01:30").body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regions?",
        "regions?sort=name&",
        "facilities?",
        "facilities?sort=-capacityMw&within=SCR0&",
        "datasets?",
        "code-lists/FUEL/codes?"
      })
  void aPageTakesAsManyStatementsWhateverItsLength(String list) throws SQLException {
    for (int i = 0; i < 12; i++) {
      put(
          "regions/SCR" + i,
          "{\"name\": \"R\", \"kind\": \"GROUP\", \"parent\": %s}"
              .formatted(i == 0 ? "null" : "{\"code\": \"SCR0\"}"));
      put(
          "organizations/SCO" + i,
          "{\"name\": \"O\", \"region\": {\"code\": \"SCR%d\"}}".formatted(i));
      put("facilities/SCF" + i, facility("F", "SCR" + i, "\"SCO" + i + "\"", i));
    }
    String asOf = "asOf=" + now();
    long few = statements(list + "limit=2&" + asOf);
    long many = statements(list + "limit=40&" + asOf);
    assertThat(many).isEqualTo(few).isBetween(1L, 6L);
  }

  /**
   * The number of statements that an answer takes, without those that open and end its transaction,
   * and those that look for loads now and then: the least of some times, because tasks may run
   * beside it.
   */
  private static long statements(String path) throws SQLException {
    Http.get(path);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = calls();
      assertThat(Http.getAnew(path).status()).isEqualTo(200);
      least = Math.min(least, calls() - before);
    }
    return least;
  }

  private static long calls() throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select coalesce(sum(calls), 0)
                  from pg_stat_statements
                 where (query ilike '%\\_aud%' or query ilike '%revision%' or query ilike '%from ref.%'
                        or query ilike '%from curated.%')
                   and query not ilike '%pg_stat_statements%' and query not ilike '%from raw.load%'
                """)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static List<String> codes(String list) {
    Http.Answer answer = Http.get(list);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> codes = new ArrayList<>();
    answer.json().get("items").forEach(item -> codes.add(item.get("code").asText()));
    return codes;
  }

  private static String facility(
      String name, String region, @Nullable String organization, int capacity) {
    return """
    {"name": "%s", "kind": "POWER_PLANT", "capacityMw": %d, "region": {"code": "%s"}, "organization": %s}
    """
        .formatted(
            name,
            capacity,
            region,
            organization == null ? "null" : "{\"code\": " + organization + "}");
  }

  private static void put(String path, String body) {
    Http.Answer answer = Http.put(path, body, null);
    assertThat(answer.status()).as(answer.body()).isIn(200, 201);
  }

  /** An instant after everything that has been answered. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
