package io.refdata.batch.load;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A random history of a daily dataset by region: loads that add, loads that replace and so delete,
 * pushes of late values and of missing ones.
 */
final class RollupHistory {
  private static final List<String> REGIONS = List.of("FRA", "DEU", "ITA", "ESP", "POL", "GBR");
  private static final LocalDate FIRST = LocalDate.of(2019, 11, 20);
  private static final int DAYS = 500;

  private final Pipeline pipeline;
  private final Pushes pushes;
  private final Dataset dataset;
  private final Random random;

  RollupHistory(Pipeline pipeline, Dataset dataset, Random random) {
    this.pipeline = pipeline;
    this.pushes = new Pushes(pipeline.jdbi(), new ItemCaches(), pipeline.versions());
    this.dataset = dataset;
    this.random = random;
  }

  private record Observed(@Nullable Double value, char status) {}

  /** Writes once, in a random way. */
  void write() {
    switch (random.nextInt(6)) {
      case 0 -> load("UPSERT", cells(400, false));
      case 1 -> load("REPLACE", replacement());
      default -> push(cells(20, true));
    }
  }

  private TreeMap<String, Observed> cells(int most, boolean missing) {
    TreeMap<String, Observed> cells = new TreeMap<>();
    int first = random.nextInt(DAYS);
    int spread = random.nextInt(4) == 0 ? DAYS : 40;
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      LocalDate day = FIRST.plusDays((first + random.nextInt(spread)) % DAYS);
      cells.put(REGIONS.get(random.nextInt(REGIONS.size())) + "," + day, observed(missing));
    }
    return cells;
  }

  /** Some values come again, so that a write changes nothing; sums of others need many digits. */
  private Observed observed(boolean missing) {
    char status = "AAAAEPF".charAt(random.nextInt(7));
    return switch (random.nextInt(missing ? 10 : 9)) {
      case 0, 1 -> new Observed((double) random.nextInt(3), status);
      case 2 -> new Observed(-0.0, status);
      case 3 -> new Observed(1e16 * (random.nextInt(3) - 1), status);
      case 9 -> new Observed(null, status);
      default -> new Observed(random.nextGaussian() * Math.pow(10, random.nextInt(8)), status);
    };
  }

  /** Leaves out one in a few of the values that are there. */
  private Map<String, Observed> replacement() {
    Map<String, Observed> cells = cells(5, false);
    int left = random.nextInt(6) + 2;
    int month = random.nextInt(DAYS / 30);
    present()
        .forEach(
            (cell, observed) -> {
              LocalDate day = LocalDate.parse(cell.substring(4));
              boolean deleted =
                  random.nextInt(left) == 0 && FIRST.plusDays(month * 30L).isBefore(day);
              if (!deleted && observed.value() != null) {
                cells.putIfAbsent(cell, observed);
              }
            });
    return cells;
  }

  private Map<String, Observed> present() {
    Map<String, Observed> present = new TreeMap<>();
    pipeline
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select s.key || ',' || to_char(o.time at time zone 'UTC', 'YYYY-MM-DD'), o.value, o.status
                          from curated.observation_%d o
                          join curated.series s on s.id = o.series_id
                        """
                            .formatted(dataset.id()))
                    .map(
                        (row, context) ->
                            present.put(
                                row.getString(1),
                                new Observed(
                                    row.getObject(2, Double.class), row.getString(3).charAt(0))))
                    .list());
    return present;
  }

  private void load(String mode, Map<String, Observed> cells) {
    String file =
        cells.entrySet().stream()
            .map(
                cell ->
                    cell.getKey() + "," + cell.getValue().value() + "," + cell.getValue().status())
            .collect(Collectors.joining("\n", "region,time,value,status\n", "\n"));
    pipeline.load(dataset, "{\"into\": \"datasets/%s\"}".formatted(dataset.code()), mode, file);
  }

  private void push(Map<String, Observed> cells) {
    List<Pushed.Row> rows = new ArrayList<>();
    cells.forEach(
        (cell, observed) -> {
          String region = cell.substring(0, 3);
          Instant day = LocalDate.parse(cell.substring(4)).atStartOfDay(ZoneOffset.UTC).toInstant();
          rows.add(
              new Pushed.Row(
                  rows.size() + 1,
                  region,
                  List.of(region),
                  day,
                  observed.value() == null ? Double.NaN : observed.value(),
                  observed.status()));
        });
    pushes.push(dataset, rows, "[]", List.of(), new Author("test", null));
  }

  /** The revisions of the dataset, in their order. */
  List<Integer> revisions() {
    return pipeline
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select rev from ref.revision where topic = ? order by rev")
                    .bind(0, dataset.id())
                    .mapTo(Integer.class)
                    .list());
  }
}
