package io.refdata.api.cache;

import static io.refdata.api.cache.Client.cache;
import static io.refdata.api.cache.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** A read with conditions has one answer, whether the answer is kept or made anew. */
@ArquillianTest
class ConditionalReadsIT {
  private static final String ITEM = "regions/DEU";
  private static final String LONG = "regions?limit=100";

  private final Client client = new Client();

  /** The answer made anew; the kept one must be the same in all that the client sees of it. */
  private HttpResponse<byte[]> both(String path, String... headers) {
    client.get(path, withoutConditions(headers));
    HttpResponse<byte[]> kept = client.get(path, headers);
    List<String> anew = new ArrayList<>(List.of(headers));
    anew.addAll(List.of("Cache-Control", "no-cache"));
    HttpResponse<byte[]> made = client.get(path, anew.toArray(String[]::new));
    String question = path + " " + Arrays.toString(headers);
    assertThat(cache(made)).as(question).isEqualTo("bypass");
    assertThat(kept.statusCode()).as(question).isEqualTo(made.statusCode());
    assertThat(kept.body()).as(question).isEqualTo(made.body());
    for (String name : List.of("ETag", "Content-Encoding", "Vary", "Cache-Control", "Link")) {
      assertThat(header(kept, name)).as(question + " " + name).isEqualTo(header(made, name));
    }
    return kept;
  }

  private static String[] withoutConditions(String... headers) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      if (!headers[i].startsWith("If-")) {
        rest.addAll(List.of(headers[i], headers[i + 1]));
      }
    }
    return rest.isEmpty()
        ? new String[] {"Accept", "application/json"}
        : rest.toArray(String[]::new);
  }

  @Test
  void ifNoneMatchComparesWeaklyWithAnyOfItsTags() {
    String tag = header(client.get(ITEM), "ETag");
    for (String known :
        List.of(tag, "W/" + tag, "\"x\", W/" + tag, "\"a,b\" ," + tag, "*", " * ", tag + ",")) {
      HttpResponse<byte[]> answer = both(ITEM, "If-None-Match", known);
      assertThat(answer.statusCode()).as(known).isEqualTo(304);
      assertThat(header(answer, "ETag")).isEqualTo(tag);
    }
    for (String other : List.of("\"x\"", "W/\"x\"", tag.replace("\"", ""), "\"\"")) {
      assertThat(both(ITEM, "If-None-Match", other).statusCode()).as(other).isEqualTo(200);
    }
    assertThat(both(ITEM, "If-None-Match", "\"x\"", "If-None-Match", "W/" + tag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void ifMatchComparesStronglyAndGoesFirst() {
    String tag = header(client.get(ITEM), "ETag");
    for (String same : List.of(tag, "*", "\"x\", " + tag)) {
      assertThat(both(ITEM, "If-Match", same).statusCode()).as(same).isEqualTo(200);
    }
    assertThat(both(ITEM, "If-Match", "\"x\"", "If-Match", tag).statusCode()).isEqualTo(200);
    assertThat(both(ITEM, "If-Match", tag, "If-None-Match", tag).statusCode()).isEqualTo(304);
    for (String other : List.of("\"x\"", "W/" + tag, "x")) {
      HttpResponse<byte[]> answer = both(ITEM, "If-Match", other, "If-None-Match", tag);
      assertThat(answer.statusCode()).as(other).isEqualTo(412);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void eachCodingHasATagOfItsOwn() {
    HttpResponse<byte[]> plain = both(LONG, "Accept-Encoding", "identity");
    HttpResponse<byte[]> gzip = both(LONG, "Accept-Encoding", "gzip");
    String tag = header(plain, "ETag");
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "ETag")).isEqualTo(tag.substring(0, tag.length() - 1) + "-gzip\"");
    assertThat(
            both(LONG, "Accept-Encoding", "gzip", "If-None-Match", header(gzip, "ETag"))
                .statusCode())
        .isEqualTo(304);
    assertThat(both(LONG, "Accept-Encoding", "gzip", "If-None-Match", tag).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsNotAcceptedIsNotGiven() {
    for (String accepted : List.of("gzip;q=0", "gzip;q=0.000, br", "br", "gzip;q=0, *")) {
      assertThat(header(both(LONG, "Accept-Encoding", accepted), "Content-Encoding"))
          .as(accepted)
          .isEmpty();
    }
    HttpResponse<byte[]> item = both(ITEM, "Accept-Encoding", "gzip, identity;q=0");
    assertThat(header(item, "Content-Encoding")).isEqualTo("gzip");
    for (String accepted : List.of("identity;q=0", "*;q=0")) {
      HttpResponse<byte[]> answer = both(ITEM, "Accept-Encoding", accepted);
      assertThat(answer.statusCode()).as(accepted).isEqualTo(406);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aWriteTakesTheVersionOfAnyTag() {
    client.put("providers/CONDITIONAL", "{\"name\": \"One\"}");
    String version = header(client.get("providers/CONDITIONAL"), "ETag").split("-")[0] + "-";
    HttpResponse<byte[]> written =
        client.send(
            "PATCH",
            "providers/CONDITIONAL",
            "{\"name\": \"Two\"}",
            "Content-Type",
            "application/merge-patch+json",
            "Content-Encoding",
            "identity",
            "If-Match",
            "\"77-x\"",
            "If-Match",
            version + "whatever-gzip\"");
    assertThat(written.statusCode()).isEqualTo(200);
    HttpResponse<byte[]> coded =
        client.send(
            "PATCH",
            "providers/CONDITIONAL",
            "{\"name\": \"Two\"}",
            "Content-Type",
            "application/merge-patch+json",
            "Content-Encoding",
            "gzip",
            "If-Match",
            "*");
    assertThat(coded.statusCode()).isEqualTo(415);
    assertThat(client.delete("providers/CONDITIONAL").statusCode()).isEqualTo(204);
  }
}
