package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.load.Load;
import io.refdata.persistence.load.staging.StagingLost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets that are not the same any more when a file that was staged for them is merged. */
@SuppressWarnings("NullAway.Init")
class ChangedDatasetsIT {
  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new Pipeline(database.dataSource(), directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interval = 'YEAR'",
        "frequency = 'D'",
        "dimension_codes = '{country}'",
        "dimension_values = '{indicators}'",
        "dimension_codes = '{region,indicator}', dimension_values = '{regions,indicators}'"
      })
  void whatWasStagedForAnotherDefinitionIsNotMerged(String change) {
    Dataset dataset = dataset("CHANGED_" + Math.abs(change.hashCode()));
    assertThatThrownBy(
            () ->
                load(
                    dataset,
                    () -> {
                      execute("update curated.dataset set " + change + " where id = ?", dataset);
                      return dataset;
                    }))
        .isInstanceOf(StagingLost.class);
    assertThat(pipeline.observations(dataset)).isEmpty();
  }

  @Test
  void anotherNameChangesNothing() throws IOException {
    Dataset dataset = dataset("RENAMED");
    Load load =
        load(
            dataset,
            () -> {
              execute("update curated.dataset set name = 'New', version = 1 where id = ?", dataset);
              return dataset;
            });
    assertThat(load.state()).isEqualTo(Load.State.COMPLETED);
    assertThat(pipeline.observations(dataset)).hasSize(1);
  }

  @Test
  void whatWasStagedForADatasetIsNotMergedIntoThatWhichTookItsCode() {
    Dataset first = dataset("REPLACED");
    assertThatThrownBy(
            () ->
                load(
                    first,
                    () -> {
                      execute("delete from curated.partition where dataset_id = ?", first);
                      execute("delete from curated.dataset where id = ?", first);
                      return dataset("REPLACED");
                    }))
        .isInstanceOf(StagingLost.class);
  }

  @Test
  void aNewSeriesNeedsItsItemsToBeThereStill() throws IOException {
    Dataset dataset = dataset("ORPHAN");
    pipeline
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into ref.region (code, name, kind) values ('GOING', 'Going',"
                        + " 'GROUP')"));
    Path file = Files.createTempFile(directory, "load", ".csv");
    Files.writeString(file, "region,time,value\nGOING,2020,1\n");
    assertThatThrownBy(
            () ->
                pipeline.load(
                    dataset,
                    "{\"into\": \"datasets/ORPHAN\"}",
                    "UPSERT",
                    file,
                    () -> {
                      pipeline
                          .jdbi()
                          .useHandle(
                              handle ->
                                  handle.execute("delete from ref.region where code = 'GOING'"));
                      return dataset;
                    }))
        .isInstanceOf(StagingLost.class)
        .hasMessage("regions/GOING was deleted while the file was staged.");
  }

  private static Dataset dataset(String code) {
    return pipeline.dataset(code, Frequency.A, Interval.DECADE, "region=regions");
  }

  private static Load load(Dataset into, Supplier<Dataset> staged) throws IOException {
    Path file = Files.createTempFile(directory, "load", ".csv");
    Files.writeString(file, "region,time,value\nFRA,2020,1\n");
    return pipeline.load(
        into, "{\"into\": \"datasets/" + into.code() + "\"}", "UPSERT", file, staged);
  }

  private static void execute(String sql, Dataset dataset) {
    pipeline.jdbi().useHandle(handle -> handle.execute(sql, dataset.id()));
  }
}
