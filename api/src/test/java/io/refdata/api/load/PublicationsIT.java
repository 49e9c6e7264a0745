package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Files whose senders say when they were published. */
@ArquillianTest
class PublicationsIT {
  private final PlatformClient client = PlatformForTests.client();

  private JsonNode load(String dataset, String publishedAt, String time) throws Exception {
    return client.load(
        "into=datasets/" + dataset + (publishedAt.isEmpty() ? "" : "&publishedAt=" + publishedAt),
        BodyPublishers.ofString("region,time,value\nDEU," + time + ",1\n"));
  }

  private JsonNode latest(String dataset) throws Exception {
    return client.get("datasets/" + dataset + "/series/DEU/vintages").at("/items/0");
  }

  @Test
  void theTimeFromThePublicationToTheFirstReadIsKnown() throws Exception {
    client.yearly("PUBLISHED", "region=regions");
    Instant published = Instant.now().minus(Duration.ofHours(3));
    JsonNode load = load("PUBLISHED", published.toString().substring(0, 19) + "Z", "2020");
    assertThat(load.get("publishedAt").asText())
        .isEqualTo(published.toString().substring(0, 19) + "Z");
    JsonNode lag =
        client
            .get("monitoring/freshness?dataset=PUBLISHED")
            .at("/items/0/lastLoad/publishedToRecorded/seconds");
    assertThat(lag.asLong()).isBetween(10_800L, 10_900L);
    JsonNode stage = load.at("/steps/0");
    assertThat(Instant.parse(stage.get("startedAt").asText()))
        .isBetween(published, Instant.parse(load.get("finishedAt").asText()));
    assertThat(stage.get("threads").asDouble()).isBetween(0.0, 8.0);
  }

  @Test
  void editionsAreLoadedFromTheOldestOn() throws Exception {
    client.yearly("EDITIONS", "region=regions");
    load("EDITIONS", "2020-08-01T00:00:00Z", "2018");
    load("EDITIONS", "2020-11-01T00:00:00Z", "2019");
    load("EDITIONS", "2020-11-01T00:00:00Z", "2020");
    assertThatThrownBy(() -> load("EDITIONS", "2020-10-31T23:59:59.999999Z", "2017"))
        .hasMessageContaining(" 409 ")
        .hasMessageContaining("2020-11-01T00:00:00Z");
    // Without an instant a file counts as published when it is recorded; so does a push.
    load("EDITIONS", "", "2021");
    assertThat(latest("EDITIONS").get("publishedAt")).isEqualTo(latest("EDITIONS").get("at"));
    assertThatThrownBy(() -> load("EDITIONS", "2021-01-01T00:00:00Z", "2017"))
        .hasMessageContaining(" 409 ");
    client.yearly("PUSHED_EDITIONS", "region=regions");
    client.push("PUSHED_EDITIONS", "[{\"region\": \"DEU\", \"time\": \"2020\", \"value\": 1}]");
    JsonNode pushed = latest("PUSHED_EDITIONS");
    assertThat(pushed.get("publishedAt")).isEqualTo(pushed.get("at"));
    assertThatThrownBy(() -> load("PUSHED_EDITIONS", "2021-01-01T00:00:00Z", "2017"))
        .hasMessageContaining(" 409 ");
  }

  @Test
  void anInstantIsPast() throws Exception {
    client.yearly("NOT_YET", "region=regions");
    assertThatThrownBy(() -> load("NOT_YET", "2999-01-01T00:00:00Z", "2020"))
        .hasMessageContaining("must not be in the future");
    assertThatThrownBy(() -> load("NOT_YET", "2020-01-01", "2020"))
        .hasMessageContaining("publishedAt");
  }
}
