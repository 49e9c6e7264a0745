package io.refdata.perf.claims;

import io.refdata.perf.ConstantRate;
import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts the indexes that requests use: each filter and order of the large collections, now and in
 * the past, each way to read series, and edits. Other measurements of the same run count too.
 */
final class IndexUse {
  private static final List<String> LISTS =
      List.of(
          "facilities/PLANT_77",
          "facilities?kind=POWER_PLANT",
          "facilities?fuel=HYDRO",
          "facilities?region=FRA",
          "facilities?within=M49-150",
          "facilities?q=777",
          "facilities?organization=%s",
          "facilities?owners=%1$s",
          "facilities?capacityMw=ge:999",
          "facilities?sort=name",
          "facilities?sort=-capacityMw",
          "facilities?bbox=0,40,1,41",
          "facilities?limit=1000&expand=region,organization,emissionSources",
          "organizations/%s",
          "organizations?q=Operator 7",
          "organizations?region=FRA",
          "organizations?parent=%s",
          "organizations?kind=COMPANY",
          "organizations?status=ACTIVE",
          "organizations?sort=name",
          "emission-sources/PLANT_77_1",
          "emission-sources?facility=PLANT_77",
          "emission-sources?scope=2",
          "emission-sources?gas=CO2",
          "emission-sources?method=MEASURED",
          "emission-sources?q=PLANT_77_",
          "emission-sources?sort=name",
          "indicators?q=Indicator 77",
          "indicators?unit=MT",
          "indicators?sort=name");
  private static final List<String> OTHERS =
      List.of(
          "indicators/PERF_77",
          "facilities/PLANT_77/history",
          "organizations/%s/history",
          "emission-sources/PLANT_77_1/history",
          "changes?since=0&limit=50",
          "datasets/MANY/series?limit=50",
          "datasets/MANY/series?indicator=PERF_77",
          "datasets/MANY/observations?key=PERF_77",
          "datasets/MANY/series/PERF_77/vintages");

  private static final int EDITS_PER_SECOND = 10;
  private static final String INDEXES =
      """
      select coalesce(pg_partition_root(s.indexrelid), s.indexrelid) as index, sum(s.idx_scan) as scans
        from pg_stat_user_indexes s
        join pg_class t on t.oid = s.relid and t.reltuples >= 1000
       where s.schemaname in ('ref', 'raw', 'staging', 'curated')
       group by 1
      """;

  private final ReadPlatform platform;

  IndexUse(ReadPlatform platform) {
    this.platform = platform;
  }

  /** Sends these requests. */
  void sendRequests() throws Exception {
    String organization =
        platform.client().get("organizations?limit=1").at("/items/0/code").asText();
    String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    for (String list : LISTS) {
      String path = list.formatted(organization).replace(" ", "%20");
      platform.get(path);
      platform.get(path + (path.contains("?") ? "&" : "?") + "asOf=" + now);
    }
    for (String path : OTHERS) {
      platform.get(path.formatted(organization));
    }
    ConstantRate.millis(
        EDITS_PER_SECOND,
        Stream.of(
                "facilities/PLANT_77",
                "organizations/" + organization,
                "emission-sources/PLANT_77_1")
            .map(item -> ConstantRate.edit(platform.api(item), "{\"name\": \"Renamed\"}"))
            .toList());
  }

  /** The indexes that were used since the platform started. */
  Claim measure() throws Exception {
    double number;
    List<String> unused;
    try (PlainSql sql = new PlainSql(platform.dataSource())) {
      number = sql.number("select count(*) from (%s)".formatted(INDEXES));
      unused =
          sql.texts(
              "select index::regclass::text from (%s) where scans = 0 order by 1"
                  .formatted(INDEXES));
    }
    double used = number - unused.size();
    return new Claim(
        "indexes.used",
        "sports-odds platform",
        "Indexes: used ones",
        90,
        100 * used / number,
        "%",
        true,
        Figures.format("%.0f of %.0f; not %s", used, number, String.join(", ", unused)),
        "",
        "Indexes with at least one scan since the platform started, after each filter and order of"
            + " the large collections has been asked for, now and in the past, and items"
            + " edited; on tables with at least 1,000 rows, since smaller ones are read whole; of"
            + " partitions as one.");
  }
}
