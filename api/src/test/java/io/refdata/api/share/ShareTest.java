package io.refdata.api.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.request.ReadRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static boolean isLong(String query) {
    return Share.isLong(ReadRequest.parameters(query));
  }

  @Test
  void aQuestionThatBoundsItsObservationsIsShort() {
    for (String query :
        List.of("limit=10", "key=FRA.*&last=1", "first=9999&from=2000", "l%69mit=10")) {
      assertThat(isLong(query)).as(query).isFalse();
    }
    for (String query : List.of("", "key=FRA.*", "limit=10000", "mylimit=10", "limit=")) {
      assertThat(isLong(query)).as(query).isTrue();
    }
  }

  @Test
  void whatNeedsWholeSeriesIsLongHoweverLittleIsAskedFor() {
    for (String name : List.of("transform", "frequency", "aggregate", "shape", "tr%61nsform")) {
      assertThat(isLong("limit=1&" + name + "=x")).as(name).isTrue();
      assertThat(isLong(name + "=x&last=1")).as(name).isTrue();
    }
    assertThat(isLong("limit=1&unit=GWH")).isFalse();
  }
}
