package io.refdata.api.calculation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
class CalculationsIT {
  private final Markets markets = new Markets();

  @BeforeEach
  void prepare() throws Exception {
    markets.prepare();
  }

  @Test
  void functionsAreWorkedOutOnEachFrequency() throws Exception {
    markets.market("CALC_DAYS");
    Markets.asked(
            "CALC_DAYS",
            """
            "frequencies": ["D", "W", "M"], "bars": true, "functions": [
             {"name": "ma", "n": 2}, {"name": "pldot"}, {"name": "high"}, {"name": "envelope", "n": 1, "percent": 50},
             {"name": "crossings", "fast": {"name": "ma", "n": 1}, "slow": {"name": "ma", "n": 2}}]
            """)
        .statusCode(200)
        .header("Cache-Control", "private, no-cache")
        .body("key", equalTo("calc_oil"))
        .body("unit", nullValue())
        .body("frequencies.frequency", contains("D", "W", "M"))
        .body("frequencies[0].coverage", nullValue())
        .body("frequencies[0].functions[0].value", contains(null, 9.5f, 12.0f, 11.0f, 10.0f, 16.0f))
        .body("frequencies[1].time", contains("2026-W10", "2026-W11", "2026-W14"))
        .body("frequencies[1].status", contains("I", "I", "I"))
        .body("frequencies[1].open", contains(9.0f, 14.0f, 12.0f))
        .body("frequencies[1].high", contains(10.0f, 14.0f, 20.0f))
        .body("frequencies[1].low", contains(9.0f, 8.0f, 12.0f))
        .body("frequencies[1].close", contains(10.0f, 8.0f, 20.0f))
        .body("frequencies[1].functions[2].value", contains(10.0f, 14.0f, 20.0f))
        .body("frequencies[2].time", contains("2026-03", "2026-04"))
        .body("frequencies[2].functions[1].value", contains(nullValue(), nullValue()))
        .body("frequencies[2].functions[3].upper", contains(18.0f, 30.0f))
        .body("frequencies[2].functions[3].lower", contains(6.0f, 10.0f))
        .body("frequencies[0].functions[4].time", contains("2026-03-10", "2026-03-31"))
        .body("frequencies[0].functions[4].direction", contains("DOWN", "UP"));
    // The beginning and the end cut the answer, and change no value; the last bar is whole.
    Markets.asked(
            "CALC_DAYS",
            "\"frequencies\": [\"D\", \"M\"], \"from\": \"2026-03-09\", \"to\": \"2026-04-01\","
                + " \"functions\": [{\"name\": \"ma\", \"n\": 2}]")
        .body("frequencies[0].functions[0].value", contains(12.0f, 11.0f, 10.0f, 16.0f))
        .body("frequencies[1].time", contains("2026-04"))
        .body("frequencies[1].functions[0].value", contains(16.0f));
    Markets.asked(
            "CALC_DAYS",
            "\"frequencies\": [\"M\"], \"to\": \"2026-03-01\", \"functions\": [{\"name\": \"sum\","
                + " \"n\": 1}]")
        .body("frequencies[0].functions[0].value", contains(12.0f));
    Markets.asked(
            "CALC_DAYS",
            "\"frequencies\": [\"W\"], \"to\": \"2026-03-12\", \"format\": \"csv\", \"functions\":"
                + " [{\"name\": \"low\", \"n\": 2}, {\"name\": \"envelope\", \"n\": 1, \"percent\":"
                + " 2.5}]")
        .contentType("text/csv")
        .body(
            equalTo(
                """
                frequency,function,time,value,status
                W,low:2,2026-W10,,I
                W,low:2,2026-W11,8.0,I
                W,envelope:1:2.5,2026-W10,10.0,I
                W,envelope:1:2.5,2026-W11,8.0,I
                W,envelope:1:2.5:upper,2026-W10,10.25,I
                W,envelope:1:2.5:upper,2026-W11,8.2,I
                W,envelope:1:2.5:lower,2026-W10,9.75,I
                W,envelope:1:2.5:lower,2026-W11,7.8,I
                """));
    Markets.asked(
            "CALC_DAYS",
            "\"frequencies\": [\"M\"], \"format\": \"ndjson\", \"functions\": [{\"name\": \"ma\","
                + " \"n\": 2}]")
        .body(
            equalTo(
                """
                {"frequency":"M","function":"ma:2","time":"2026-03","value":null,"status":"I"}
                {"frequency":"M","function":"ma:2","time":"2026-04","value":16.0,"status":"I"}
                """));
  }

  @Test
  void fourSeriesMakeTheBars() throws Exception {
    markets.client.create("code-lists/CALC_FIELD", "{\"name\": \"Fields\"}");
    for (String field : new String[] {"O", "H", "L", "C"}) {
      markets.client.create("code-lists/CALC_FIELD/codes/" + field, "{\"name\": \"Field\"}");
    }
    markets.client.dataset(
        "CALC_OHLC", "D", "YEAR", "market=indicators", "field=code-lists/CALC_FIELD");
    markets.load(
        "CALC_OHLC",
        """
        market,field,time,value
        calc_oil,O,2026-03-02,10
        calc_oil,H,2026-03-02,16
        calc_oil,L,2026-03-02,8
        calc_oil,C,2026-03-02,12
        calc_oil,O,2026-03-03,12
        calc_oil,H,2026-03-03,13
        calc_oil,L,2026-03-03,5
        calc_oil,C,2026-03-03,6
        calc_oil,C,2026-03-04,99
        """);
    String order =
        """
        {"dataset": "CALC_OHLC", "key": "calc_oil.*", "frequencies": ["D", "W"], "bars": true,
         "ohlc": {"dimension": "field", "open": "O", "high": "H", "low": "L", "close": "C"},
         "functions": [{"name": "typical"}, {"name": "range"}]}
        """;
    Markets.post(order)
        .then()
        .statusCode(200)
        .body("frequencies[0].time", contains("2026-03-02", "2026-03-03"))
        .body("frequencies[0].functions[0].value", contains(12.0f, 8.0f))
        .body("frequencies[1].open", contains(10.0f))
        .body("frequencies[1].close", contains(6.0f))
        .body("frequencies[1].functions[1].value", contains(11.0f));
    Markets.post(order.replace("calc_oil.*", "calc_gas.*"))
        .then()
        .statusCode(404)
        .body("detail", containsString("calc_gas.O"));
    Markets.post(order.replace("calc_oil.*", "calc_oil.C"))
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/key"));
    Markets.post(order.replace("\"field\"", "\"place\""))
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/ohlc/dimension"));
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() throws Exception {
    markets.market("CALC_WRONG");
    Markets.post("{}")
        .then()
        .statusCode(400)
        .body(
            "errors.pointer", containsInAnyOrder("/dataset", "/key", "/frequencies", "/functions"));
    Markets.asked(
            "CALC_WRONG",
            """
            "frequencies": ["D", "D", "H", "X"], "from": "soon", "asOf": "then", "bars": 1, "format": "xml", "zone": "UTC",
            "functions": [{"name": "ma"}, {"name": "ema", "n": 0}, {"name": "pldot", "n": 3}, {"name": "median"}, {"n": 1},
             {"name": "envelope", "n": 2, "percent": 0}, {"name": "high"}, {"name": "high", "n": 1},
             {"name": "crossings", "fast": {"name": "envelope"}, "slow": {"name": "ma", "n": 2, "m": 1}},
             {"name": "crossings", "fast": {"name": "high"}, "slow": {"name": "high"}}]
            """)
        .statusCode(400)
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/frequencies/1",
                "/frequencies/2",
                "/frequencies/3",
                "/from",
                "/asOf",
                "/bars",
                "/format",
                "/zone",
                "/functions/0/n",
                "/functions/1/n",
                "/functions/2/n",
                "/functions/3/name",
                "/functions/4/name",
                "/functions/5/percent",
                "/functions/7",
                "/functions/8/fast/name",
                "/functions/8/slow/m",
                "/functions/9/slow"));
    String members = "\"frequencies\": [\"D\"], \"functions\": [{\"name\": \"high\"}]";
    Markets.asked("CALC_NOWHERE", members)
        .statusCode(400)
        .body("errors.pointer", contains("/dataset"));
    Markets.post("{\"dataset\": \"CALC_WRONG\", \"key\": \"*\", %s}".formatted(members))
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/key"));
    Markets.post("{\"dataset\": \"CALC_WRONG\", \"key\": \"calc_none\", %s}".formatted(members))
        .then()
        .statusCode(404);
    Markets.asked("CALC_WRONG", members + ", \"from\": \"2027\"")
        .statusCode(200)
        .body("frequencies[0].time", not(contains("2026")));
    given()
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/calculations?format=csv")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("format"));
  }
}
