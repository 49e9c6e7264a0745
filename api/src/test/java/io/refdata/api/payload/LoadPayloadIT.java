package io.refdata.api.payload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of loads, as they came. */
@ArquillianTest
class LoadPayloadIT {
  private static final String CSV = "indicator,time,value\nPAYLOAD,2019,1\nPAYLOAD,2020,2\n";

  private final PlatformClient client = PlatformForTests.client();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void describe() throws Exception {
    client.create("indicators/PAYLOAD", "{\"name\": \"Payload\"}");
    client.yearly("PAYLOADS", "indicator=indicators");
  }

  private long load(byte[] body, String... headers) throws Exception {
    JsonNode load =
        client.send(
            "into=datasets/PAYLOADS&name=../my%20file.csv",
            BodyPublishers.ofByteArray(body), headers);
    long id = load.get("id").asLong();
    assertThat(client.ended(id).get("state").asText()).isEqualTo("COMPLETED");
    return id;
  }

  private long load() throws Exception {
    return load(CSV.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/csv");
  }

  private HttpResponse<byte[]> get(long load, String... headers) throws Exception {
    return send("GET", load, headers);
  }

  private HttpResponse<byte[]> send(String method, long load, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(load)).method(method, BodyPublishers.noBody());
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofByteArray());
  }

  private static URI uri(long load) {
    return URI.create(
        "%s:%d/api/v1/loads/%d/payload".formatted(RestAssured.baseURI, RestAssured.port, load));
  }

  @Test
  void theFileIsGivenAsItCame() throws Exception {
    long load = load();
    HttpResponse<byte[]> file = get(load, "Accept-Encoding", "gzip");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).asString(StandardCharsets.UTF_8).isEqualTo(CSV);
    assertThat(header(file, "Content-Type")).isEqualTo("text/csv");
    assertThat(header(file, "Content-Length")).isEqualTo(Integer.toString(CSV.length()));
    assertThat(header(file, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(file, "Content-Disposition")).contains("filename=\"my file.csv\"");
    assertThat(file.headers().firstValue("Content-Encoding")).isEmpty();
    // A HEAD has no ranges.
    HttpResponse<byte[]> head = send("HEAD", load, "Range", "bytes=1-3");
    assertThat(head.statusCode()).isEqualTo(200);
    for (String name : List.of("Content-Length", "ETag", "Content-Type", "Accept-Ranges")) {
      assertThat(header(head, name)).as(name).isEqualTo(header(file, name));
    }
    assertThat(get(load, "If-None-Match", header(file, "ETag")).statusCode()).isEqualTo(304);
    assertThat(get(load, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
  }

  @Test
  void aCompressedFileIsGivenAsItCame() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(CSV.getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<byte[]> coded =
        get(load(bytes.toByteArray(), "Content-Type", "text/csv", "Content-Encoding", "gzip"));
    assertThat(coded.body()).isEqualTo(bytes.toByteArray());
    assertThat(header(coded, "Content-Encoding")).isEqualTo("gzip");
    HttpResponse<byte[]> typed = get(load(bytes.toByteArray(), "Content-Type", "application/gzip"));
    assertThat(typed.body()).isEqualTo(bytes.toByteArray());
    assertThat(header(typed, "Content-Type")).isEqualTo("application/gzip");
    assertThat(typed.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void oneRangeOfTheFileIsGiven() throws Exception {
    long load = load();
    HttpResponse<byte[]> part = get(load, "Range", "bytes=10-13");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).asString(StandardCharsets.UTF_8).isEqualTo(CSV.substring(10, 14));
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-13/" + CSV.length());
    assertThat(header(part, "Content-Length")).isEqualTo("4");
    assertThat(get(load, "Range", "bytes=-5").body())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(CSV.substring(CSV.length() - 5));

    String tag = header(part, "ETag");
    assertThat(get(load, "Range", "bytes=0-3", "If-Range", tag).statusCode()).isEqualTo(206);
    for (String[] whole :
        List.of(
            new String[] {"Range", "bytes=0-3", "If-Range", "\"other\""},
            new String[] {"Range", "bytes=0-3", "If-Range", "W/" + tag},
            new String[] {"Range", "bytes=0-3", "If-Range", "Fri, 27 Nov 2026 00:00:00 GMT"},
            new String[] {"Range", "bytes=0-3,6-7"},
            new String[] {"Range", "bytes=x"})) {
      HttpResponse<byte[]> file = get(load, whole);
      assertThat(file.statusCode()).as(Arrays.toString(whole)).isEqualTo(200);
      assertThat(file.body()).hasSize(CSV.length());
    }
    HttpResponse<byte[]> none = get(load, "Range", "bytes=" + CSV.length() + "-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(header(none, "Content-Range")).isEqualTo("bytes */" + CSV.length());
    assertThat(header(none, "Content-Type")).isEqualTo("application/problem+json");
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    given().get("/api/v1/loads/999999999/payload").then().statusCode(404);
    given().get("/api/v1/loads/x/payload").then().statusCode(404);
    long load = load();
    given().get("/api/v1/loads/" + load + "/payload?x=1").then().statusCode(400);
    Path file = file(load);
    Files.delete(file);
    given()
        .get("/api/v1/loads/" + load + "/payload")
        .then()
        .statusCode(410)
        .body("detail", containsString("the platform has not removed it"));
    execute(
        "update raw.payload set removed_at = '2026-11-20T00:00:00Z', removed_because = 'SIZE'"
            + " where path = '%s'".formatted(file.getFileName()));
    given()
        .get("/api/v1/loads/" + load + "/payload")
        .then()
        .statusCode(410)
        .body("detail", containsString("was removed at 2026-11-20T00:00:00Z"))
        .body("detail", containsString("refdata.payloads.bytes"));
  }

  /** More than the buffers of the connection hold, by clients that do not read. */
  @Test
  void slowClientsHoldNeitherAConnectionNorAThread() throws Exception {
    long load = load();
    Path file = file(load);
    byte[] large = new byte[64 << 20];
    Arrays.fill(large, (byte) 'x');
    Files.write(file, large);
    execute(
        "update raw.payload set bytes = %d where path = '%s'"
            .formatted(large.length, file.getFileName()));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        slow.add(ask(load));
      }
      for (Socket socket : slow) {
        assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 200 OK");
      }
      given().header("Cache-Control", "no-cache").get("/api/v1/units").then().statusCode(200);
      PlatformForTests.await(
          "select count(*) = 0 from pg_stat_activity where application_name = 'refdata' and state"
              + " <> 'idle'");
      InputStream in = slow.get(0).getInputStream();
      String head = header(in);
      assertThat(head).contains("Content-Length: " + large.length);
      assertThat(in.readNBytes(large.length)).isEqualTo(large);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static Socket ask(long load) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1 << 12);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", RestAssured.port));
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/loads/%d/payload HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(load)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String header(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  private static Path file(long load) throws Exception {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select p.path from raw.load l join raw.payload p on p.id = l.payload_id where l.id"
                    + " = "
                    + load)) {
      row.next();
      return Path.of(System.getProperty("refdata.it.home"))
          .resolve("payloads")
          .resolve(row.getString(1));
    }
  }

  private static void execute(String sql) throws Exception {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
