package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups of regions, their members on a day, and what lies in them. */
@ArquillianTest
class GroupsIT {
  private static final String MEMBERSHIP =
      "{\"name\": \"%1$s\", \"group\": {\"code\": \"%2$s\"}, \"member\": {\"code\": \"%3$s\"},"
          + " \"validFrom\": %4$s, \"validTo\": %5$s}";

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void plants() throws Exception {
    client.create("regions/GR_CLUB", "{\"name\": \"Club\", \"kind\": \"GROUP\"}");
    client.create("regions/GR_BOARD", "{\"name\": \"Board\", \"kind\": \"GROUP\"}");
    for (String country : List.of("NZL", "FJI", "TON")) {
      client.create(
          "facilities/GR_" + country,
          "{\"name\": \"Plant\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"%s\"}}"
              .formatted(country));
    }
    for (JsonNode left : Rest.walk("memberships", 100, "group", "GR_CLUB,GR_BOARD")) {
      Rest.delete("memberships/" + left.get("code").textValue(), "*").then().statusCode(204);
    }
  }

  private static void member(String code, String group, String member, String from, String to) {
    String body =
        MEMBERSHIP.formatted(
            code,
            group,
            member,
            from.isEmpty() ? "null" : '"' + from + '"',
            to.isEmpty() ? "null" : '"' + to + '"');
    String match = Rest.get("memberships/" + code).statusCode() == 200 ? "*" : null;
    assertThat(Rest.put("memberships/" + code, match, body).statusCode()).isLessThan(300);
  }

  private static List<String> codes(String path, String... parameters) {
    return Rest.codes(Rest.json(Rest.get(path, parameters)).get("items"));
  }

  @Test
  void theUnionHasTheMembersOfTheDay() {
    assertThat(Rest.walk("regions/EU/members", 50, "on", "2020-01-31")).hasSize(28);
    assertThat(codes("regions/EU/members", "on", "2020-02-01", "code", "GBR,FRA"))
        .containsExactly("FRA");
    assertThat(codes("regions/EU27/members", "on", "1950-01-01", "limit", "100"))
        .hasSize(27)
        .doesNotContain("GBR");
    assertThat(codes("regions", "within", "EU", "on", "1958-01-01"))
        .containsExactly("BEL", "DEU", "FRA", "ITA", "LUX", "NLD");
    assertThat(codes("regions/EU/descendants")).isEmpty();
    assertThat(Rest.get("regions/GR_NOBODY/members").statusCode()).isEqualTo(404);
    Rest.get("memberships/EU-GBR", "expand", "member")
        .then()
        .body("group.code", equalTo("EU"))
        .body("member.alpha2", equalTo("GB"))
        .body("validFrom", equalTo("1973-01-01"))
        .body("validTo", equalTo("2020-01-31"));
  }

  @Test
  void aDayIsOfUseOnlyWhereItMeansSomething() {
    for (String path :
        List.of("regions", "facilities", "organizations", "instruments", "regions/EU/ancestors")) {
      Rest.get(path, "on", "2019-06-01")
          .then()
          .statusCode(400)
          .body("errors.parameter", equalTo(List.of("on")));
    }
    Rest.get("units", "on", "2019-06-01").then().statusCode(400);
    Rest.get("regions", "within", "EU", "on", "2019")
        .then()
        .statusCode(400)
        .body("errors.parameter", equalTo(List.of("on")));
    Rest.get("memberships", "on", "yesterday").then().statusCode(400);
  }

  @Test
  void aListOfAGroupFollowsItsMemberships() {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    assertThat(codes("facilities", "within", "GR_BOARD")).isEmpty();
    member("GR_1", "GR_CLUB", "NZL", "", "");
    member("GR_2", "GR_BOARD", "GR_CLUB", "", "");
    member("GR_3", "GR_CLUB", "M49-054", "2001-01-01", "2009-12-31");
    assertThat(codes("facilities", "within", "GR_BOARD")).containsExactly("GR_NZL");
    assertThat(codes("facilities", "within", "GR_BOARD", "on", "2005-06-01"))
        .containsExactly("GR_FJI", "GR_NZL");
    assertThat(codes("facilities", "within", "GR_BOARD", "on", "2005-06-01"))
        .as("again")
        .containsExactly("GR_FJI", "GR_NZL");
    assertThat(codes("regions/GR_BOARD/members")).containsExactly("GR_CLUB");
    member("GR_3", "GR_CLUB", "M49-054", "2001-01-01", today);
    assertThat(codes("facilities", "within", "GR_BOARD"))
        .as("with its last day today")
        .containsExactly("GR_FJI", "GR_NZL");
    Rest.patch("memberships/GR_3", "*", "{\"member\": {\"code\": \"TON\"}}").then().statusCode(200);
    assertThat(codes("facilities", "within", "GR_BOARD")).containsExactly("GR_NZL", "GR_TON");
    assertThat(codes("facilities", "within", "GR_BOARD", "on", "2005-06-01"))
        .containsExactly("GR_NZL", "GR_TON");
    Rest.delete("memberships/GR_2", "*").then().statusCode(204);
    assertThat(codes("facilities", "within", "GR_BOARD")).isEmpty();
    assertThat(codes("regions/GR_BOARD/members")).isEmpty();
    Rest.delete("regions/GR_CLUB", "*").then().statusCode(409);
  }

  @Test
  void aPastStateHasTheMembershipsOfThen() {
    member("GR_1", "GR_CLUB", "NZL", "", "");
    String then = Rest.json(Rest.get("memberships/GR_1/history")).at("/items/0/at").textValue();
    Rest.patch("memberships/GR_1", "*", "{\"validTo\": \"1999-12-31\"}").then().statusCode(200);
    assertThat(codes("facilities", "within", "GR_CLUB")).isEmpty();
    assertThat(codes("facilities", "within", "GR_CLUB", "asOf", then)).containsExactly("GR_NZL");
    assertThat(codes("regions/GR_CLUB/members", "asOf", then)).containsExactly("NZL");
    assertThat(codes("regions", "within", "GR_CLUB", "asOf", then)).containsExactly("NZL");
    assertThat(codes("regions", "within", "GR_CLUB")).isEmpty();
  }

  @Test
  void observationsAndSeriesLieInGroups() throws Exception {
    client.create("indicators/gr_gdp", "{\"name\": \"Product\"}");
    client.yearly("GR_DATA", "region=regions", "indicator=indicators");
    client.push(
        "GR_DATA",
        """
        [{"region": "NZL", "indicator": "gr_gdp", "time": "2005", "value": 1},
         {"region": "FJI", "indicator": "gr_gdp", "time": "2005", "value": 2},
         {"region": "TON", "indicator": "gr_gdp", "time": "2005", "value": 3}]
        """);
    member("GR_1", "GR_CLUB", "NZL", "", "");
    member("GR_3", "GR_CLUB", "M49-054", "2001-01-01", "2009-12-31");
    assertThat(keys("observations", "within", "GR_CLUB")).containsExactly("NZL.gr_gdp");
    assertThat(keys("observations", "within", "GR_CLUB", "on", "2005-06-01"))
        .containsExactlyInAnyOrder("NZL.gr_gdp", "FJI.gr_gdp");
    assertThat(keys("series", "within", "GR_CLUB", "on", "2005-06-01"))
        .containsExactly("FJI.gr_gdp", "NZL.gr_gdp");
    String then = Rest.json(Rest.get("memberships/GR_3/history")).at("/items/0/at").textValue();
    Rest.patch("memberships/GR_3", "*", "{\"validTo\": null}").then().statusCode(200);
    assertThat(keys("observations", "within", "GR_CLUB"))
        .containsExactlyInAnyOrder("NZL.gr_gdp", "FJI.gr_gdp");
    assertThat(keys("series", "within", "GR_CLUB")).containsExactly("FJI.gr_gdp", "NZL.gr_gdp");
    assertThat(keys("observations", "within", "GR_CLUB", "asOf", then))
        .containsExactly("NZL.gr_gdp");
    for (String path : List.of("observations", "series")) {
      Rest.get("datasets/GR_DATA/" + path, "on", "2005-06-01")
          .then()
          .statusCode(400)
          .body("errors.parameter", equalTo(List.of("on")));
    }
  }

  private static List<String> keys(String path, String... parameters) {
    JsonNode answer = Rest.json(Rest.get("datasets/GR_DATA/" + path, parameters));
    List<String> keys = new ArrayList<>();
    answer
        .get(path.equals("series") ? "items" : "series")
        .forEach(series -> keys.add(series.get("key").textValue()));
    return keys;
  }

  @Test
  void membershipsAreLoadedFromFiles() throws Exception {
    client.create(
        "layouts/gr-members",
        """
        {"into": "memberships", "properties": {"code": {"column": "code"}, "name": {"column": "code"},
         "group": {"column": "group"}, "member": {"column": "member"}, "validFrom": {"column": "from"},
         "validTo": {"column": "to"}}}
        """);
    JsonNode load =
        client.load(
            "layout=gr-members&maxRejectRatio=1",
            BodyPublishers.ofString(
                """
                code,group,member,from,to
                GR_8,GR_CLUB,NZL,2001-01-01,
                GR_9,GR_CLUB,FJI,2001-01-01,2000-12-31
                GR_10,GR_CLUB,GR_NOWHERE,,
                """));
    assertThat(load.at("/rows/rejected").asInt()).as(load.toString()).isEqualTo(2);
    assertThat(codes("memberships", "group", "GR_CLUB", "on", "2001-01-01"))
        .containsExactly("GR_8");
    assertThat(codes("memberships", "group", "GR_CLUB", "on", "2000-12-31")).isEmpty();
    assertThat(codes("facilities", "within", "GR_CLUB")).containsExactly("GR_NZL");
  }

  @Test
  void aConversionHoldsForAFuelOrAGas() {
    String body =
        "{\"name\": \"Heat of tar\", \"from\": {\"code\": \"T\"}, \"to\": {\"code\": \"GJ\"},"
            + " \"factor\": %s, \"context\": %s, \"validFrom\": \"2000-01-01\"}";
    Rest.put("conversions/GR_TAR", null, body.formatted("39.5", "\"OIL\""))
        .then()
        .statusCode(201)
        .body("context", equalTo("OIL"))
        .body("validTo", nullValue());
    Rest.put("conversions/GR_TAR", "*", body.formatted("39.5", "\"CH4\"")).then().statusCode(200);
    for (String[] wrong :
        new String[][] {
          {"0", "\"OIL\"", "/factor"}, {"-1", "null", "/factor"}, {"1", "\"TAR\"", "/context"}
        }) {
      Rest.put("conversions/GR_TAR", "*", body.formatted(wrong[0], wrong[1]))
          .then()
          .statusCode(400)
          .body("errors.pointer", equalTo(List.of(wrong[2])));
    }
    assertThat(codes("conversions", "context", "CH4", "on", "1999-12-31"))
        .containsExactly("GWP100-CH4");
    assertThat(codes("conversions", "context", "CH4", "on", "2000-01-01"))
        .containsExactly("GR_TAR", "GWP100-CH4");
    Rest.delete("code-lists/GAS/codes/CH4", "*").then().statusCode(409);
    Rest.delete("conversions/GR_TAR", "*").then().statusCode(204);
  }

  @Test
  void aUnitMeasuresWhatItSays() {
    String body = "{\"name\": \"Unit\", \"ucum\": \"%s\", \"dimension\": \"%s\"}";
    Rest.put("units/GR_UNIT", null, body.formatted("kWh", "ENERGY"))
        .then()
        .statusCode(400)
        .body("errors.pointer", equalTo(List.of("/ucum")));
    Rest.put("units/GR_UNIT", null, body.formatted("kW.h", "POWER"))
        .then()
        .statusCode(400)
        .body("errors.pointer", equalTo(List.of("/dimension")));
    Rest.put("units/GR_UNIT", null, body.formatted("10*4.kW.h", "ENERGY")).then().statusCode(201);
    Rest.delete("units/GR_UNIT", "*").then().statusCode(204);
  }
}
