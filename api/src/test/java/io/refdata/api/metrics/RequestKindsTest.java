package io.refdata.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.route.Route;
import io.refdata.persistence.metrics.RequestLabels;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestKindsTest {
  @Test
  void anAddressIsGivenWithItsVariables() {
    assertThat(RequestKinds.of(Methods.GET, Route.ITEM, 200, "miss"))
        .isEqualTo(new RequestLabels("GET", "/api/v1/{collection}/{code}", "200", "miss"));
    assertThat(RequestKinds.of(Methods.GET, null, 404, "none").uri()).isEqualTo("unknown");
  }

  @Test
  void whateverMethodsAndStatusesComeThereAreFewKinds() {
    Set<RequestLabels> kinds = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      kinds.add(RequestKinds.of(new HttpString("METHOD" + i), null, 100 + i, "none"));
      kinds.add(RequestKinds.of(new HttpString(i % 2 == 0 ? "gEt" : "GeT"), null, 200, "none"));
    }
    assertThat(kinds).hasSizeLessThan(35);
    assertThat(RequestKinds.of(new HttpString("BREW"), null, 418, "none"))
        .isEqualTo(new RequestLabels("other", "unknown", "4xx", "none"));
    assertThat(RequestKinds.of(new HttpString("gEt"), Route.ITEM, 200, "miss").method())
        .isEqualTo("GET");
  }

  @Test
  void aStreamIsToldByItsAddressAndStatus() {
    assertThat(RequestKinds.stream(Route.OBSERVATION_QUERY, 200))
        .isEqualTo(RequestKinds.stream(Route.OBSERVATION_QUERY, 200))
        .isNotEqualTo(RequestKinds.stream(Route.OBSERVATIONS, 200));
  }
}
