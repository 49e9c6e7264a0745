package io.refdata.batch.load;

import io.refdata.batch.load.intake.DuplicateRejects;
import io.refdata.batch.load.intake.Intake;
import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.intake.Progress;
import io.refdata.batch.load.intake.RejectLimit;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.batch.load.observation.DatasetTarget;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.LoadMode;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.Database;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.staging.PlacesNeeded;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.SparedKeys;
import io.refdata.persistence.load.staging.StagingTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Runs the steps of a load of observations in order, on a database and without a server. */
final class Pipeline {
  private final Jdbi jdbi;
  private final Loads loads;
  private final Versions versions = new Versions();
  private final Path directory;

  Pipeline(DataSource database, Path directory) {
    this.jdbi = Database.of(database);
    this.loads = new Loads(jdbi);
    this.directory = directory;
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** The versions that loads change. */
  Versions versions() {
    return versions;
  }

  /**
   * Creates a dataset.
   *
   * @param dimensions the dimensions with their values, such as {@code region=regions}
   */
  Dataset dataset(String code, Frequency frequency, Interval interval, String... dimensions) {
    List<Dimension> axes =
        Arrays.stream(dimensions)
            .map(text -> text.split("=", 2))
            .map(parts -> new Dimension(new Code(parts[0]), parts[1]))
            .toList();
    Dataset dataset =
        new Dataset(
            new Code(code),
            code,
            new Dataset.Details(
                null,
                null,
                frequency,
                axes,
                new Partitioning(interval, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    int id =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        insert into curated.dataset
                               (code, name, frequency, interval, dimension_codes, dimension_values)
                        values (:code, :code, :frequency, :interval, :codes, :values)
                        returning id
                        """)
                    .bind("code", code)
                    .bind("frequency", frequency.name())
                    .bind("interval", interval.name())
                    .bindArray(
                        "codes",
                        String.class,
                        axes.stream().map(axis -> axis.code().value()).toList())
                    .bindArray(
                        "values", String.class, axes.stream().map(Dimension::values).toList())
                    .mapTo(Integer.class)
                    .one());
    jdbi.useHandle(handle -> handle.execute("select curated.attach_dataset(?)", id));
    dataset.recordedAs(id, 0);
    return dataset;
  }

  /** Loads a text as a file. */
  Load load(Dataset into, String layout, String mode, String text) {
    try {
      Path file = Files.createTempFile(directory, "load", ".csv");
      Files.writeString(file, text);
      return load(into, layout, mode, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads a file. A file that is rejected as a whole ends in state FAILED, with a message. */
  Load load(Dataset into, String layout, String mode, Path file) throws IOException {
    return load(into, layout, mode, file, () -> into);
  }

  /**
   * Loads a file.
   *
   * @param staged called when it is staged; gives the dataset to merge it into
   */
  Load load(Dataset into, String layout, String mode, Path file, Supplier<Dataset> staged)
      throws IOException {
    Load load =
        loads.receive(
            new Loads.Order(
                null,
                "datasets/" + into.code(),
                layout,
                LoadMode.valueOf(mode),
                false,
                0.5,
                0.9,
                null),
            new Load.File(null, Files.size(file), "00".repeat(32), file.toString()),
            "text/csv",
            null,
            new Author("test", null));
    LayoutDefinition definition = LayoutJson.parse(layout);
    try {
      stage(jdbi, load, new DatasetTarget(jdbi, load, into, definition), definition, file);
      LoadTarget target = new DatasetTarget(jdbi, load, staged.get(), definition);
      target.createPartitions();
      try (Change change = versions.begin()) {
        target.merge(change);
        change.committed();
      }
      target.analyze();
    } catch (InvalidLoad e) {
      loads.end(load.id(), Load.State.FAILED, String.valueOf(e.getMessage()));
    }
    new StagingTables(load.id()).drop(jdbi);
    return loads.find(load.id()).orElseThrow();
  }

  /** Stages a file, as the job of a load does. */
  static void stage(Jdbi jdbi, Load load, LoadTarget target, LayoutDefinition layout, Path path)
      throws IOException {
    new Loads(jdbi).beginStaging(load.id(), 0);
    try {
      stage(jdbi, load, target, layout, path, false);
    } catch (PlacesNeeded e) {
      stage(jdbi, load, target, layout, path, true);
    }
  }

  private static void stage(
      Jdbi jdbi, Load load, LoadTarget target, LayoutDefinition layout, Path path, boolean places)
      throws IOException {
    Loads loads = new Loads(jdbi);
    Tally tally = new Tally();
    String summary;
    try (Rejects.Writer writer = new Rejects(jdbi).begin(load.id());
        SparedKeys spared = new SparedKeys(jdbi, new StagingTables(load.id()));
        SourceFile file = new SourceFile(path, layout, target.columns())) {
      target.stage(
          file,
          new Intake(
              tally,
              writer,
              load.mode() == LoadMode.REPLACE ? spared : null,
              places,
              new Progress(loads, load.id(), file, tally, new RejectLimit(1), () -> false)));
      if (tally.hasDuplicates()) {
        try (SourceFile again = new SourceFile(path, layout, target.columns())) {
          DuplicateRejects.reject(jdbi, new StagingTables(load.id()), again, writer);
        }
      }
      summary = writer.summary();
    }
    loads.endStaging(load.id(), tally.result(), summary);
  }

  /** The rejects of a load: {@code line column code}. */
  List<String> rejects(Load load) {
    List<String> rejects = new ArrayList<>();
    new Rejects(jdbi).read(load.id(), found -> found.map(Pipeline::brief).forEach(rejects::add));
    return rejects;
  }

  private static String brief(Reject reject) {
    return reject.line() + " " + reject.column() + " " + reject.code();
  }

  /** The current observations: {@code key time} to value. */
  Map<String, Double> observations(Dataset of) {
    Map<String, Double> observations = new java.util.TreeMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select s.key || ' ' || to_char(o.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI'), o.value
                      from curated.observation_%d o
                      join curated.series s on s.id = o.series_id
                    """
                        .formatted(of.id()))
                .map((row, context) -> observations.put(row.getString(1), row.getDouble(2)))
                .list());
    return observations;
  }
}
