package io.refdata.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {

  private static final Path SOURCES = Path.of("src/main/resources/db");

  @Test
  void everyScriptInTheFolderIsListed() throws IOException {
    assertThat(Migrations.SCRIPTS).containsExactlyInAnyOrderElementsOf(files("migration"));
  }

  @Test
  void everyMigrationHasAnUndo() throws IOException {
    List<String> undone = files("undo");
    assertThat(undone).containsAll(Migrations.SCRIPTS);
    assertThat(undone).contains("V202611201540__seed_basics.sql");
  }

  @Test
  void aServerOlderThanEighteenIsRefused() {
    assertThatThrownBy(() -> Migrations.requireVersion(17, "17.9"))
        .isInstanceOf(MigrationFailed.class)
        .hasMessage("PostgreSQL 18 or newer is needed; this server is 17.9");
    assertThatCode(() -> Migrations.requireVersion(18, "18.0")).doesNotThrowAnyException();
  }

  @Test
  void anUnreachableServerIsReportedInOneLine() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://localhost:1/refdata");
    assertThatThrownBy(() -> Migrations.migrate(nowhere))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("localhost:1")
        .hasMessageNotContaining("\n");
  }

  private static List<String> files(String folder) throws IOException {
    try (Stream<Path> paths = Files.list(SOURCES.resolve(folder))) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .toList();
    }
  }
}
