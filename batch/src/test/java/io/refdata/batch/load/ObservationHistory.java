package io.refdata.batch.load;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.load.Load;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A random history of an annual dataset by region, written by loads that add, loads that replace,
 * and pushes, with a plain record of each state.
 */
final class ObservationHistory {
  private static final List<String> REGIONS =
      List.of("FRA", "DEU", "ITA", "ESP", "POL", "SWE", "NOR", "FIN");

  private static final int FIRST_YEAR = 1978;
  private static final int YEARS = 45;

  private final Pipeline pipeline;
  private final Pushes pushes;
  private final Dataset dataset;
  private final Random random;

  /** The states by the revision in which each began; 0 is the state before the first write. */
  private final TreeMap<Integer, Map<Cell, Observed>> states = new TreeMap<>();

  /** The place of an observation. */
  record Cell(String key, int year) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      return key.equals(other.key) ? Integer.compare(year, other.year) : key.compareTo(other.key);
    }
  }

  /** An observation in a state, and the revision that wrote it. */
  record Observed(double value, char status, int revision) {
    boolean isSame(Observed other) {
      return value == other.value && status == other.status;
    }
  }

  ObservationHistory(Pipeline pipeline, Dataset dataset, Random random) {
    this.pipeline = pipeline;
    this.pushes = new Pushes(pipeline.jdbi(), new ItemCaches(), pipeline.versions());
    this.dataset = dataset;
    this.random = random;
    states.put(0, new TreeMap<>());
  }

  List<Integer> revisions() {
    return List.copyOf(states.keySet());
  }

  /** The state as of a revision. */
  Map<Cell, Observed> state(int revision) {
    return states.floorEntry(revision).getValue();
  }

  Map<Cell, Observed> latest() {
    return states.lastEntry().getValue();
  }

  int latestRevision() {
    return states.lastKey();
  }

  static String region(Random random) {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }

  static int year(Random random) {
    return FIRST_YEAR + random.nextInt(YEARS);
  }

  /** Writes once, in a random way. */
  void write() {
    switch (random.nextInt(5)) {
      case 0 -> load("UPSERT", cells(40));
      case 1 -> load("REPLACE", replacement());
      default -> push(cells(5));
    }
  }

  private Map<Cell, Observed> cells(int most) {
    Map<Cell, Observed> cells = new TreeMap<>();
    int first = year(random);
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      // Most writes lie within one or two partitions.
      int year = random.nextInt(4) == 0 ? year(random) : first - random.nextInt(6);
      cells.put(new Cell(region(random), year), observed());
    }
    return cells;
  }

  /** Few values, so that a write often changes nothing, and some come back. */
  private Observed observed() {
    return new Observed(random.nextInt(3), "AE".charAt(random.nextInt(2)), 0);
  }

  private Map<Cell, Observed> replacement() {
    Map<Cell, Observed> cells = cells(5);
    int left = random.nextInt(5) + 1;
    latest()
        .forEach(
            (cell, observed) -> {
              if (random.nextInt(left) > 0) {
                cells.putIfAbsent(cell, observed);
              }
            });
    return cells;
  }

  private void load(String mode, Map<Cell, Observed> cells) {
    String file =
        cells.entrySet().stream()
            .map(
                cell ->
                    "%s,%d,%s,%s\n"
                        .formatted(
                            cell.getKey().key(),
                            cell.getKey().year(),
                            cell.getValue().value(),
                            cell.getValue().status()))
            .collect(Collectors.joining("", "region,time,value,status\n", ""));
    Load load =
        pipeline.load(dataset, "{\"into\": \"datasets/%s\"}".formatted(dataset.code()), mode, file);
    if (load.state() == Load.State.COMPLETED) {
      record(cells, mode.equals("REPLACE"));
    }
  }

  private void push(Map<Cell, Observed> cells) {
    List<Pushed.Row> rows = new ArrayList<>();
    cells.forEach(
        (cell, observed) ->
            rows.add(
                new Pushed.Row(
                    rows.size() + 1,
                    cell.key(),
                    List.of(cell.key()),
                    Instant.parse(cell.year() + "-01-01T00:00:00Z"),
                    observed.value(),
                    observed.status())));
    pushes.push(dataset, rows, "[]", List.of(), new Author("test", null));
    record(cells, false);
  }

  private void record(Map<Cell, Observed> cells, boolean replaces) {
    int revision =
        pipeline
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select max(rev) from ref.revision where topic = ?")
                        .bind(0, dataset.id())
                        .mapTo(Integer.class)
                        .one());
    Map<Cell, Observed> state = new TreeMap<>(latest());
    if (replaces) {
      state.keySet().retainAll(cells.keySet());
    }
    cells.forEach(
        (cell, observed) -> {
          Observed before = state.get(cell);
          if (before == null || !before.isSame(observed)) {
            state.put(cell, new Observed(observed.value(), observed.status(), revision));
          }
        });
    states.put(revision, state);
  }
}
