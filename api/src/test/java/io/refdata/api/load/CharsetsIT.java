package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose media type says their character set. */
@ArquillianTest
class CharsetsIT {
  private static final String FILE = "code,name\nCAF,Café\n";

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void layouts() throws Exception {
    String sources =
        "\"properties\": {\"code\": {\"column\": \"code\"}, \"name\": {\"column\": \"name\"}}";
    client.create("layouts/charset-none", "{\"into\": \"providers\", " + sources + "}");
    client.create(
        "layouts/charset-own",
        "{\"into\": \"providers\", \"encoding\": \"UTF-8\", " + sources + "}");
  }

  @Test
  void theCharsetOfTheMediaTypeIsReadUnlessTheLayoutSaysOne() throws Exception {
    assertThat(load("charset-none", "text/csv; charset=windows-1252").get("state").asText())
        .isEqualTo("COMPLETED");
    assertThat(client.get("providers/CAF").get("name").asText()).isEqualTo("Café");
    JsonNode failed = load("charset-own", "text/csv; charset=windows-1252");
    assertThat(failed.get("state").asText()).isEqualTo("FAILED");
    assertThat(failed.get("message").asText()).contains("Line 2", "UTF-8");
  }

  @Test
  void aCharsetThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> load("charset-none", "text/csv; charset=no-such"))
        .hasMessageContaining("415")
        .hasMessageContaining("charset");
  }

  private JsonNode load(String layout, String mediaType) throws Exception {
    BodyPublisher file = BodyPublishers.ofByteArray(FILE.getBytes(Charset.forName("windows-1252")));
    JsonNode sent =
        client.send("layout=" + layout + "&maxRejectRatio=1", file, "Content-Type", mediaType);
    return client.ended(sent.get("id").asLong());
  }
}
