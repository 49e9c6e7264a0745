package io.refdata.api.fuzz;

import java.util.List;
import java.util.Map;

/** Values of parameters and headers: right ones, ones at the edge, and ones that mean harm. */
final class Texts {
  private static final String LONG = "A".repeat(10_000);

  /** Right ones, beside the description's examples, by the parameter's name. */
  private static final Map<String, List<String>> RIGHT =
      Map.ofEntries(
          Map.entry("code", List.of("FRA", "DEU", "GEODB0002154", "EDF", "CO2", "co2", "MT")),
          Map.entry("id", List.of("1", "2", "3")),
          Map.entry("key", List.of("FRA.co2", "*.co2", "FRA.*", "FRA,DEU.co2", "*.*")),
          Map.entry("limit", List.of("1", "2", "1000")),
          Map.entry("sort", List.of("name", "-code", "name,-code")),
          Map.entry("count", List.of("exact", "estimated")),
          Map.entry("from", List.of("2018", "2019-01-01", "2019-Q1")),
          Map.entry("to", List.of("2018", "2019-12-31", "2020-12")),
          Map.entry("last", List.of("1", "3")),
          Map.entry("layout", List.of("co2")),
          Map.entry("If-Match", List.of("*", "\"0-\"", "\"1-\"", "\"2-x\", \"0-y\"")),
          Map.entry("If-None-Match", List.of("*", "\"0-x\"", "W/\"0-x\"", "\"a\", W/\"b\"")));

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "  FRA ",
          "\0",
          "FRA\0",
          "'",
          "\"",
          "';drop table ref.region;--",
          "\\",
          "%",
          "_",
          "..",
          ".",
          "/",
          "//",
          "../../etc/passwd",
          "[",
          "]",
          "{}",
          "|",
          "^",
          "`",
          "<b>",
          "${7*7}",
          "%s%n%x",
          "\u202e",
          "\ud83d\ude00",
          "\ud800",
          "\udc00x",
          "é",
          "e\u0301",
          "\uffff",
          "\ufeff",
          "ß",
          "İ",
          "A".repeat(64),
          "A".repeat(65),
          LONG,
          "é".repeat(3_000),
          "\u000b".repeat(8_000),
          "1".repeat(8_000) + "x",
          "0",
          "-0",
          "-1",
          "00000000000001",
          "1.0",
          "2012.0",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "9".repeat(400),
          "1e400",
          "1e-400",
          "-1e308",
          "NaN",
          "Infinity",
          "0x10",
          "1_000",
          "\uff11\uff12",
          "\u0663",
          "true",
          "TRUE",
          "null",
          "undefined",
          "ge:",
          "ge:1",
          "ge:1e400",
          "xx:1",
          "ge:ge:1",
          ":",
          "::",
          "lt:2012.0",
          "ne:,",
          "eq:FRA",
          ",",
          ",,,,",
          "FRA,",
          "FRA,FRA",
          "*",
          "**",
          "*.*",
          "*.*.*",
          ".",
          "FRA.",
          ".co2",
          "a.b.c.d.e.f",
          "0000",
          "0001",
          "9999",
          "10000",
          "-0001",
          "2020-02-30",
          "2020-13",
          "2020-W53",
          "2020-W54",
          "2021-W53",
          "2020-Q5",
          "2020-S2",
          "2020-A1",
          "9999-12-31",
          "0001-01-01",
          "2020-02-29T24:00:00Z",
          "+999999999-12-31T23:59:59.999999999Z",
          "-999999999-01-01T00:00:00Z",
          "294277-01-01T00:00:00Z",
          "2016-12-31T23:59:60Z",
          "2020-01-01T00:00:00",
          "2020-01-01T00:00:00+19:00",
          "2020-01-01T00:00:00.1234567Z",
          "2020-01-01T00:00:00 02:00",
          "9999-12-31T23:59:59.999999Z",
          "0001-01-01T00:00:00Z",
          "-180,-90,180,90",
          "180,0,-180,0",
          "NaN,NaN,NaN,NaN",
          "1e308,1e308,1e308,1e308",
          "1,2,3",
          "1,2,3,4,5",
          "0,-90.1,0,0",
          "ISIN:FR0000133308",
          "ISIN:",
          ":x",
          "ISIN:FR0000133308,",
          "EDF:0.6;RWE:0.5",
          "EDF:1e400",
          "EDF:1e-999999999",
          "M49-150",
          "M49-001",
          "datasets/CO2",
          "datasets/",
          "facilities",
          "code-lists/FUEL/codes",
          "-name",
          "--name",
          "name,name",
          "-",
          "code,code,code",
          "nosuch");

  private Texts() {}

  static String right(Chance chance, String name, String example) {
    List<String> others = RIGHT.getOrDefault(name, List.of());
    return others.isEmpty() || chance.percent(50) ? example : chance.of(others);
  }

  static String hostile(Chance chance, String example) {
    return switch (chance.below(8)) {
      case 0 -> Cursors.forged(chance, example);
      case 1 -> example + chance.of(HOSTILE);
      case 2 -> chance.of(HOSTILE) + example;
      default -> chance.of(HOSTILE);
    };
  }

  /** So many values in one that arrays of parameters of a statement have no room for them. */
  static String tooMany(Chance chance, String example) {
    String one = chance.of(example, "A", "1", "2019", "FRA.co2", "*", "");
    return (one + ",").repeat(70_000) + one;
  }
}
