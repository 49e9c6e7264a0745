package io.refdata.api.fuzz;

/** The targets of requests of no operation, and their methods. */
final class Targets {
  private static final String[] METHODS = {
    "TRACE",
    "CONNECT",
    "OPTIONS",
    "HEAD",
    "FOO",
    "get",
    "PATCH",
    "POST",
    "DELETE",
    "PUT",
    "GET",
    "PROPFIND",
    "A".repeat(100)
  };

  private static final String[] TARGETS = {
    "*",
    "/",
    "//",
    "/api",
    "/api/",
    "/api/v1",
    "/api/v1/",
    "/api/v2/regions",
    "/api/v1/nosuch",
    "/api/v1/regions/",
    "/api/v1//regions",
    "/api/v1/./regions",
    "/api/v1/../v1/regions",
    "/api/v1/%2e%2e/v1/regions",
    "/api/v1/regions%2FFRA",
    "/api/v1/regions/FRA/x/y",
    "/api/v1/regions;a=b",
    "/api/v1/regions;a=b/FRA;c=%zz",
    "/api/v1/%00",
    "/api/v1/regions/%00",
    "/api/v1/regions/[",
    "/api/v1/regions/FRA]",
    "/api/v1/regions/%",
    "/api/v1/regions/%zz",
    "/api/v1/regions/%c0%af",
    "/api/v1/regions/%ed%a0%80",
    "/api/v1/regions/%ff",
    "/api/v1/regions?",
    "/api/v1/regions?&",
    "/api/v1/regions?&&limit=1",
    "/api/v1/regions?=",
    "/api/v1/regions?=x",
    "/api/v1/regions?limit",
    "/api/v1/regions?limit=",
    "/api/v1/regions?limit=1&limit=2",
    "/api/v1/regions?limit=1;a",
    "/api/v1/regions?%",
    "/api/v1/regions?%zz=1",
    "/api/v1/regions?q=%ff",
    "/api/v1/regions?q=%ed%a0%80",
    "/api/v1/regions?q=%00",
    "/api/v1/regions?q=[",
    "/api/v1/regions?q={x}",
    "/api/v1/regions?limit=%31",
    "/api/v1/regions?l%69mit=1",
    "/api/v1/regions?limit=1#x",
    "/api/v1/REGIONS",
    "/API/v1/regions",
    "/api/v1/code-lists/FUEL/codes/x/y",
    "/api/v1/code-lists//codes",
    "/api/v1/code-lists/%00/codes",
    "/api/v1/datasets/CO2/series/%00/vintages",
    "/api/v1/datasets/CO2/series//vintages",
    "/api/v1/datasets/CO2/series/a.b.c/vintages",
    "/api/v1/loads/0",
    "/api/v1/loads/-1",
    "/api/v1/loads/%00",
    "/api/v1/loads/99999999999999999999",
    "/api/v1/loads/1/nosuch",
    "/api/refused",
    "/api/v1/refused",
    "/WEB-INF/web.xml",
    "/META-INF/MANIFEST.MF",
    "/api/v1/regions/" + "A".repeat(30_000),
    "/api/v1/regions" + "/x".repeat(5_000),
    "/api/v1/regions?" + "a=1&".repeat(2_000),
    "/api/v1/regions?q=" + "x".repeat(900_000),
    "/api/v1/regions?" + "limit=1&".repeat(900)
  };

  private Targets() {}

  static String method(Chance chance) {
    return chance.of(METHODS);
  }

  static String target(Chance chance) {
    return chance.of(TARGETS);
  }
}
