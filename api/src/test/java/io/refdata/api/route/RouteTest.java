package io.refdata.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.access.Role;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "facilities, LIST",
    "facilities/ABC, ITEM",
    "facilities/history, ITEM",
    "facilities/ABC/history, HISTORY",
    "regions/FRA/ancestors, ANCESTORS",
    "regions/EU/members, MEMBERS",
    "code-lists/FUEL, ITEM",
    "code-lists/FUEL/codes, CODES",
    "code-lists/FUEL/codes/HYDRO, CODE",
    "code-lists/FUEL/codes/HYDRO/history, CODE_HISTORY",
    "datasets/CO2, DATASET",
    "datasets/CO2/observations, OBSERVATIONS",
    "datasets/CO2/observations/query, OBSERVATION_QUERY",
    "datasets/CO2/series/FRA.co2/vintages, VINTAGES",
    "datasets/forecasting, FORECASTING",
    "datasets/forecasting/observations, OBSERVATIONS",
    "feature-sets/co2, FEATURE_SET",
    "feature-sets/co2/rows, FEATURE_ROWS",
    "exports, EXPORTS",
    "exports/7, EXPORT",
    "exports/7/file, EXPORT_FILE",
    "layouts/x, LAYOUT",
    "layouts/proposal, LAYOUT_PROPOSAL",
    "layouts/proposal/history, LAYOUT_HISTORY",
    "loads, LOADS",
    "loads/7/rejects, REJECTS",
    "loads/7/payload, LOAD_PAYLOAD",
    "payloads, PUSHED_PAYLOADS",
    "database/caches/answers.items, CACHE",
    "database/queries/Schedules.due, QUERY"
  })
  void aPathHasItsRoute(String path, Route route) {
    assertThat(Route.of(Route.ROOT + path)).isEqualTo(route);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/",
    "/api/v1/facilities/",
    "/api/v1/castles",
    "/api/v1/castles/X",
    "/api/v1/facilities/ABC/observations",
    "/api/v1/codes",
    "/api/v1//facilities",
    "/api/v2/facilities",
    "/facilities"
  })
  void whereNothingIsThereIsNoRoute(String path) {
    assertThat(Route.of(path)).isNull();
  }

  /** An escape in it makes it the address of a layout. */
  @Test
  void whoMayAskForAProposalMayNotWriteALayoutOfThatName() {
    Route route = Objects.requireNonNull(Route.of(Route.ROOT + "layouts/%70roposal"));
    assertThat(route.roles(Methods.POST)).containsExactlyInAnyOrder(Role.EDITOR, Role.LOADER);
    for (HttpString writing : List.of(Methods.PUT, Methods.DELETE, Methods.PATCH)) {
      assertThat(route.roles(writing)).containsExactly(Role.EDITOR);
    }
  }

  @Test
  void onlyWritesOfWhatCanBeEditedOrPushedWait() {
    assertThat(Route.ITEM.queue(Methods.PATCH)).isEqualTo(Route.Queue.EDITS);
    assertThat(Route.LAYOUT.queue(Methods.DELETE)).isEqualTo(Route.Queue.EDITS);
    assertThat(Route.OBSERVATIONS.queue(Methods.POST)).isEqualTo(Route.Queue.PUSHES);
    assertThat(Route.OBSERVATION_QUERY.queue(Methods.POST)).isNull();
    assertThat(Route.ITEM.queue(Methods.GET)).isNull();
    assertThat(Route.LIST.queue(Methods.PUT)).isNull();
    assertThat(Route.LOADS.queue(Methods.POST)).isNull();
  }

  @Test
  void aFileGoesToDiskAndAPushMayBeLonger() {
    assertThat(Route.LOADS.body(Methods.POST)).isEqualTo(Route.Body.FILE);
    assertThat(Route.OBSERVATIONS.body(Methods.POST)).isEqualTo(Route.Body.PUSH);
    assertThat(Route.LAYOUT_PROPOSAL.body(Methods.POST)).isEqualTo(Route.Body.SAMPLE);
    assertThat(Route.OBSERVATIONS.body(Methods.GET)).isEqualTo(Route.Body.DOCUMENT);
    assertThat(Route.ITEM.body(Methods.PUT)).isEqualTo(Route.Body.DOCUMENT);
  }
}
