package io.refdata.api.export;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.settings.Setting;
import io.restassured.response.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of observations that are asked for and fetched later. */
@ArquillianTest
class ExportsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void load() throws Exception {
    load("EXPORTED");
  }

  private void load(String dataset) throws Exception {
    client.yearly(dataset, "region=regions");
    StringBuilder csv = new StringBuilder("region,time,value\n");
    for (int year = 1900; year < 2020; year++) {
      csv.append("DEU,%d,%d.5%nFRA,%d,%d%n".formatted(year, year, year, -year));
    }
    client.load(
        "into=datasets/" + dataset + "&publishedAt=2020-01-01T00:00:00Z",
        BodyPublishers.ofString(csv.toString()));
  }

  private static Response ask(String body) {
    return given().contentType("application/json").body(body).post("/api/v1/exports");
  }

  private static Response file(long id, String... headers) {
    var request = given().urlEncodingEnabled(false);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.get("/api/v1/exports/" + id + "/file");
  }

  private JsonNode ended(long id) {
    JsonNode[] found = new JsonNode[1];
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              found[0] = client.get("exports/" + id);
              return List.of("COMPLETED", "FAILED").contains(found[0].get("state").asText());
            });
    return found[0];
  }

  private JsonNode made(String body) throws Exception {
    Response accepted = ask(body);
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    JsonNode export = JSON.readTree(accepted.asString());
    assertThat(accepted.header("Location"))
        .endsWith("/api/v1/exports/" + export.get("id").asLong());
    assertThat(accepted.header("Retry-After")).isEqualTo("1");
    JsonNode ended = ended(export.get("id").asLong());
    assertThat(ended.get("asOf")).isEqualTo(export.get("asOf"));
    return ended;
  }

  private JsonNode completed(String body) throws Exception {
    JsonNode export = made(body);
    assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("COMPLETED");
    return export;
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theFileHasWhatTheQueryAnswersAtItsInstant() throws Exception {
    load("REVISED_EXPORT");
    JsonNode export =
        completed("{\"dataset\": \"REVISED_EXPORT\", \"format\": \"csv\", \"key\": \"DEU\"}");
    assertThat(export.get("rows").asLong()).isEqualTo(120);
    assertThat(export.get("query")).isEqualTo(JSON.readTree("{\"key\": \"DEU\"}"));
    byte[] bytes = file(export.get("id").asLong()).asByteArray();
    assertThat(export.get("bytes").asLong()).isEqualTo(bytes.length);
    assertThat(export.get("sha256").asText())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    String asOf = export.get("asOf").asText();
    String answer =
        client.text("datasets/REVISED_EXPORT/observations?key=DEU&asOf=" + asOf, "text/csv");
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(answer);

    // The same query and instant give the same bytes, whatever is written meanwhile.
    client.push(
        "REVISED_EXPORT",
        "[{\"region\": \"DEU\", \"time\": \"1900\", \"value\": %d}]"
            .formatted(System.nanoTime() % 1000));
    JsonNode again =
        completed(
            "{\"dataset\": \"REVISED_EXPORT\", \"format\": \"csv\", \"key\": \"DEU\", \"asOf\": \"%s\"}"
                .formatted(asOf));
    assertThat(again.get("sha256")).isEqualTo(export.get("sha256"));
    JsonNode now =
        completed("{\"dataset\": \"REVISED_EXPORT\", \"format\": \"csv\", \"key\": \"DEU\"}");
    assertThat(now.get("sha256")).isNotEqualTo(export.get("sha256"));
    JsonNode known =
        completed(
            "{\"dataset\": \"REVISED_EXPORT\", \"format\": \"csv\", \"key\": \"DEU\", \"knownAt\":"
                + " \"2020-06-01T00:00:00Z\"}");
    assertThat(known.get("rows").asLong()).isEqualTo(120);
    assertThat(known.get("sha256")).isNotEqualTo(now.get("sha256"));
  }

  @Test
  void everyFormatIsTheOneOfTheAnswer() throws Exception {
    for (String format : List.of("json", "ndjson")) {
      JsonNode export =
          completed("{\"dataset\": \"EXPORTED\", \"format\": \"%s\"}".formatted(format));
      Response file = file(export.get("id").asLong());
      String type = format.equals("json") ? "application/json" : "application/x-ndjson";
      assertThat(file.header("Content-Type")).startsWith(type);
      assertThat(file.asString())
          .isEqualTo(
              client.text(
                  "datasets/EXPORTED/observations?asOf=" + export.get("asOf").asText(), type));
    }
  }

  @Test
  void everyFormatIsTheSameBytesForTheSameInstant() throws Exception {
    for (String format : List.of("csv", "xlsx", "parquet")) {
      JsonNode export =
          completed("{\"dataset\": \"EXPORTED\", \"format\": \"%s\"}".formatted(format));
      JsonNode again =
          completed(
              "{\"dataset\": \"EXPORTED\", \"format\": \"%s\", \"asOf\": \"%s\"}"
                  .formatted(format, export.get("asOf").asText()));
      assertThat(again.get("sha256")).as(format).isEqualTo(export.get("sha256"));
    }
  }

  @Test
  void aWideFileIsTheWideAnswer() throws Exception {
    JsonNode export =
        completed("{\"dataset\": \"EXPORTED\", \"format\": \"csv\", \"shape\": \"wide\"}");
    String asOf = export.get("asOf").asText();
    assertThat(file(export.get("id").asLong()).asString())
        .startsWith("time,DEU,FRA\n")
        .isEqualTo(
            client.text("datasets/EXPORTED/observations?shape=wide&asOf=" + asOf, "text/csv"));
    assertThat(
            ask("{\"dataset\": \"EXPORTED\", \"format\": \"parquet\", \"shape\": \"wide\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            ask("{\"dataset\": \"EXPORTED\", \"format\": \"csv\", \"indicatr\": null}").asString())
        .contains("/indicatr");
  }

  @Test
  void aRangeOfTheFileIsGiven() throws Exception {
    long id = completed("{\"dataset\": \"EXPORTED\", \"format\": \"csv\"}").get("id").asLong();
    Response whole = file(id);
    byte[] bytes = whole.asByteArray();
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.header("Content-Type")).startsWith("text/csv");
    assertThat(whole.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"EXPORTED-%d.csv\"".formatted(id));
    String tag = whole.header("ETag");
    assertThat(tag).startsWith("\"");
    Response part = file(id, "Range", "bytes=10-19");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 10-19/" + bytes.length);
    assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
    Response rest = file(id, "Range", "bytes=20-", "If-Range", tag);
    assertThat(rest.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 20, bytes.length));
    assertThat(file(id, "Range", "bytes=20-", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
    Response none = file(id, "Range", "bytes=" + bytes.length + "-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.header("Content-Range")).isEqualTo("bytes */" + bytes.length);
    assertThat(file(id, "If-None-Match", tag).statusCode()).isEqualTo(304);
    Response head = given().head("/api/v1/exports/" + id + "/file");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(bytes.length));
    assertThat(head.header("ETag")).isEqualTo(tag);
  }

  @Test
  void whatAServerDiedOverIsBegunAgain() throws Exception {
    execute(
        """
        insert into curated.export (as_of, dataset, format, query, by, state, path, tries, started_at, claimed_until)
        values (now(), 'EXPORTED', 'csv', '{"key":["FRA"]}', 'anonymous', 'RUNNING', 'lost', 1, now(), now() - interval '1 second')
        """);
    long id = client.get("exports?limit=1").at("/items/0/id").asLong();
    JsonNode export = ended(id);
    assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("COMPLETED");
    assertThat(file(id).asString().lines()).hasSize(121);
  }

  @Test
  void whatCannotBeMadeSaysWhyAndLeavesNothing() throws Exception {
    execute(
        """
        insert into curated.export (as_of, dataset, format, query, by)
        values (now(), 'DELETED_MEANWHILE', 'csv', '{}', 'anonymous')
        """);
    long id = client.get("exports?limit=1").at("/items/0/id").asLong();
    JsonNode export = ended(id);
    assertThat(export.get("state").asText()).isEqualTo("FAILED");
    assertThat(export.get("message").asText()).contains("DELETED_MEANWHILE");
    assertThat(export.get("expiresAt").isNull()).isFalse();
    assertThat(file(id).statusCode()).isEqualTo(409);
  }

  @Test
  void whatHasNoRoomFails() throws Exception {
    execute(
        """
        insert into curated.export (as_of, dataset, format, query, by, state, bytes, path, sha256, finished_at, expires_at)
        values (now(), 'EXPORTED', 'csv', '{}', 'anonymous', 'COMPLETED', %d, 'full', sha256(''), now(), now() + interval '1 day')
        """
            .formatted(Setting.EXPORTS_BYTES.number()));
    try {
      JsonNode export = made("{\"dataset\": \"EXPORTED\", \"format\": \"csv\"}");
      assertThat(export.get("state").asText()).isEqualTo("FAILED");
      assertThat(export.get("message").asText()).contains("Delete some");
      assertThat(Path.of("target/it/data/exports", path(export.get("id").asLong()))).doesNotExist();
      assertThat(export.get("bytes").asLong()).isZero();
    } finally {
      execute("delete from curated.export where path = 'full'");
    }
  }

  @Test
  void aRequestThatIsWrongIsRefusedWithEverythingThatIs() {
    assertThat(
            ask("{\"dataset\": \"EXPORTED\", \"format\": \"csv\", \"keys\": \"DEU\"}").statusCode())
        .isEqualTo(400);
    Response wrong =
        ask("{\"dataset\": \"EXPORTED\", \"format\": \"pdf\", \"limit\": 3, \"from\": \"x\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.<List<String>>path("errors.pointer"))
        .containsExactlyInAnyOrder("/format", "/limit", "/from");
    assertThat(
            ask("{\"dataset\": \"EXPORTED\", \"format\": \"csv\", \"key\": [\"%s\"]}"
                    .formatted("DEU,".repeat((int) Setting.EXPORTS_QUERY.number() / 4) + "DEU"))
                .statusCode())
        .isEqualTo(413);
    assertThat(ask("{\"format\": \"csv\"}").<List<String>>path("errors.pointer"))
        .containsExactly("/dataset");
    assertThat(
            ask("{\"dataset\": \"NO_SUCH\", \"format\": \"csv\"}")
                .<List<String>>path("errors.pointer"))
        .containsExactly("/dataset");
    assertThat(
            ask("{\"dataset\": \"EXPORTED\", \"format\": \"csv\", \"asOf\":"
                    + " \"2999-01-01T00:00:00Z\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(given().get("/api/v1/exports/nothing").statusCode()).isEqualTo(404);
    assertThat(given().get("/api/v1/exports/999999999/file").statusCode()).isEqualTo(404);
  }

  @Test
  void anExportAndItsFileAreDeleted() throws Exception {
    long id = completed("{\"dataset\": \"EXPORTED\", \"format\": \"csv\"}").get("id").asLong();
    long other = completed("{\"dataset\": \"EXPORTED\", \"format\": \"csv\"}").get("id").asLong();
    JsonNode page = client.get("exports?limit=1");
    assertThat(page.at("/items/0/id").asLong()).isEqualTo(other);
    JsonNode next = client.get("exports?limit=1&after=" + page.get("next").asText());
    assertThat(next.at("/items/0/id").asLong()).isEqualTo(id);
    String path = path(id);
    assertThat(Path.of("target/it/data/exports", path)).exists();
    assertThat(given().delete("/api/v1/exports/" + id).statusCode()).isEqualTo(204);
    assertThat(Path.of("target/it/data/exports", path)).doesNotExist();
    assertThat(given().get("/api/v1/exports/" + id).statusCode()).isEqualTo(404);
    assertThat(given().delete("/api/v1/exports/" + id).statusCode()).isEqualTo(404);
    execute(
        "update curated.export set expires_at = now() - interval '1 second' where id = " + other);
    assertThat(file(other).statusCode()).isEqualTo(410);
  }

  private static String path(long id) throws Exception {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select path from curated.export where id = " + id)) {
      row.next();
      return row.getString(1);
    }
  }
}
