package io.refdata.batch.load;

import io.refdata.batch.load.intake.LoadTarget;
import io.refdata.batch.load.item.ItemTarget;
import io.refdata.domain.catalogue.ItemSet;
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
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jdbi.v3.core.Jdbi;

/** Runs the steps of a load of items in order, on a database and without a server. */
final class ItemPipeline {
  private final Jdbi jdbi;
  private final Loads loads;
  private final Path directory;
  private final Validator validator =
      Validation.byDefaultProvider()
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  ItemPipeline(DataSource database, Path directory) {
    this.jdbi = Database.of(database);
    this.loads = new Loads(jdbi);
    this.directory = directory;
  }

  Jdbi jdbi() {
    return jdbi;
  }

  /** Loads a text whose columns have the names of properties. */
  Load load(String into, String mode, String text) throws IOException {
    StringBuilder properties = new StringBuilder();
    for (String name : text.lines().findFirst().orElseThrow().split(",")) {
      properties
          .append(properties.isEmpty() ? "" : ", ")
          .append("\"%s\": {\"column\": \"%1$s\"}".formatted(name));
    }
    return load(into, mode, properties.toString(), text);
  }

  /** Loads a text. A text that is rejected as a whole ends in state FAILED, with a message. */
  Load load(String into, String mode, String properties, String text) throws IOException {
    return load(into, mode, properties, text, () -> {});
  }

  /** Loads a text and runs an action between staging and merge. */
  Load load(String into, String mode, String properties, String text, Runnable meanwhile)
      throws IOException {
    Path file = Files.createTempFile(directory, "items", ".csv");
    Files.writeString(file, text);
    String definition =
        properties.startsWith("\"into\"")
            ? "{" + properties + "}"
            : "{\"into\": \"%s\", \"properties\": {%s}}".formatted(into, properties);
    Load load =
        loads.receive(
            new Loads.Order(null, into, definition, LoadMode.valueOf(mode), false, 1, 1, null),
            new Load.File(null, Files.size(file), "00".repeat(32), file.toString()),
            "text/csv",
            null,
            new Author("test", null));
    LayoutDefinition layout = LayoutJson.parse(definition);
    LoadTarget target =
        new ItemTarget(jdbi, validator, load.id(), ItemSet.named(into).orElseThrow(), layout);
    try {
      Pipeline.stage(jdbi, load, target, layout, file);
      meanwhile.run();
      merge(target);
    } catch (StagingLost e) {
      // As the job of a load does.
      Pipeline.stage(jdbi, load, target, layout, file);
      merge(target);
    } catch (InvalidLoad e) {
      loads.end(load.id(), Load.State.FAILED, String.valueOf(e.getMessage()));
    }
    new StagingTables(load.id()).drop(jdbi);
    return loads.find(load.id()).orElseThrow();
  }

  private static void merge(LoadTarget target) {
    try (Change change = new Versions().begin()) {
      target.merge(change);
    }
  }

  /** The rejects of a load: {@code line column code}. */
  List<String> rejects(Load load) {
    List<String> rejects = new ArrayList<>();
    read(load)
        .forEach(
            reject -> rejects.add(reject.line() + " " + reject.column() + " " + reject.code()));
    return rejects;
  }

  /** The reasons of the rejects. */
  List<String> reasons(Load load) {
    return read(load).stream().map(Reject::reason).toList();
  }

  private List<Reject> read(Load load) {
    List<Reject> rejects = new ArrayList<>();
    new Rejects(jdbi).read(load.id(), found -> found.forEach(rejects::add));
    return rejects;
  }

  /** The result of a query with one column. */
  List<String> rows(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
