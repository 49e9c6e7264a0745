package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the platform while its database is away. */
@Tag("own-platform")
class OutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void keptAnswersStayWhileNothingCanChange(@TempDir Path home) throws Exception {
    try (KillablePlatform platform = new KillablePlatform(home)) {
      platform.client().create("providers/KEPT", "{\"name\": \"Kept\"}");
      String kept = read(platform, "providers/KEPT").body();
      CompletableFuture<HttpResponse<String>> under = writeThatIsUnderWay(platform);
      platform.killDatabase();
      assertThat(under.get().statusCode()).isEqualTo(503);
      assertThat(write(platform, "providers/OTHER").statusCode()).isEqualTo(503);
      HttpResponse<String> answer = read(platform, "providers/KEPT");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(kept);
      await(platform, 503);
      assertThat(read(platform, "/metrics").body()).contains("refdata_database_up 0.0");
      platform.startDatabase();
      await(platform, 200);
      assertThat(read(platform, "/metrics").body()).contains("refdata_database_up 1.0");
      assertThat(write(platform, "providers/OTHER").statusCode()).isEqualTo(201);
      assertThat(read(platform, "providers/KEPT").body()).isEqualTo(kept);
    }
  }

  /** An edit that waits for the lock of an item which somebody else holds. */
  private CompletableFuture<HttpResponse<String>> writeThatIsUnderWay(KillablePlatform platform)
      throws Exception {
    Connection holder = platform.connect();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute("lock table ref.provider in share mode");
    }
    CompletableFuture<HttpResponse<String>> write =
        http.sendAsync(request(platform, "providers/UNDER_WAY"), BodyHandlers.ofString());
    Awaitility.await("a write that waits")
        .atMost(PATIENCE)
        .until(
            () ->
                platform.answer(
                    "select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'"),
            "t"::equals);
    return write;
  }

  private HttpResponse<String> read(KillablePlatform platform, String path) throws Exception {
    URI address = platform.client().address(path);
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> write(KillablePlatform platform, String path) throws Exception {
    return http.send(request(platform, path), BodyHandlers.ofString());
  }

  private static HttpRequest request(KillablePlatform platform, String path) {
    return HttpRequest.newBuilder(platform.client().address(path))
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString("{\"name\": \"Another\"}"))
        .build();
  }

  private void await(KillablePlatform platform, int status) throws Exception {
    Awaitility.await("readiness")
        .atMost(PATIENCE)
        .until(() -> read(platform, "/health/ready").statusCode() == status);
  }
}
