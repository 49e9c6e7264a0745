package io.refdata.db;

import static io.github.mfvanek.pg.core.checks.common.Diagnostic.COLUMNS_WITHOUT_DESCRIPTION;
import static io.github.mfvanek.pg.core.checks.common.Diagnostic.INDEXES_WITH_NULL_VALUES;
import static io.github.mfvanek.pg.core.checks.common.Diagnostic.INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE;
import static io.github.mfvanek.pg.core.checks.common.Diagnostic.PRIMARY_KEYS_THAT_MOST_LIKELY_NATURAL_KEYS;
import static io.github.mfvanek.pg.core.checks.common.Diagnostic.PRIMARY_KEYS_WITH_SERIAL_TYPES;
import static io.github.mfvanek.pg.core.checks.common.Diagnostic.TABLES_NOT_LINKED_TO_OTHERS;
import static io.github.mfvanek.pg.core.checks.common.Diagnostic.TABLES_WHERE_PRIMARY_KEY_COLUMNS_NOT_FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mfvanek.pg.connection.PgConnection;
import io.github.mfvanek.pg.connection.PgConnectionImpl;
import io.github.mfvanek.pg.core.checks.common.DatabaseCheckOnHost;
import io.github.mfvanek.pg.core.checks.common.Diagnostic;
import io.github.mfvanek.pg.core.checks.host.StandardChecksOnHost;
import io.github.mfvanek.pg.model.context.PgContext;
import io.github.mfvanek.pg.model.dbobject.DbObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The findings of pg-index-health in the schema as the migrations make it. */
class SchemaLintIT {
  /** Checks that the schema does not follow, and why. */
  private static final Map<Diagnostic, String> NOT_FOLLOWED =
      Map.of(
          COLUMNS_WITHOUT_DESCRIPTION,
          "a column has the name of the member in the contract; only others are described",
          INDEXES_WITH_NULL_VALUES,
          "lists are sorted with their nulls last, and filtered by missing values, from the index",
          TABLES_NOT_LINKED_TO_OTHERS,
          "past states and records outlive what they tell of, so they have no foreign keys",
          PRIMARY_KEYS_THAT_MOST_LIKELY_NATURAL_KEYS,
          "records of the database's own objects are found by what they are about",
          INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE,
          "the columns after the instant make the index enough for its statement",
          PRIMARY_KEYS_WITH_SERIAL_TYPES,
          "plain SQL and Hibernate draw the number of a revision from the same sequence",
          TABLES_WHERE_PRIMARY_KEY_COLUMNS_NOT_FIRST,
          "columns stand by size, so that rows have no gaps");

  /** The tables with findings that stay, each with the reason. */
  private static final Map<String, String> KEPT =
      Map.of(
          "staging.reject", "a load copies millions in, and no line is asked for alone",
          "performance_monitoring.statement_sample", "samples are added and tidied by time only",
          "performance_monitoring.statement_usage", "samples are added and tidied by time only",
          "performance_monitoring.size_sample", "samples are added and tidied by time only");

  private static Stream<String> findings(String schema) {
    try (MigratedDatabase database = MigratedDatabase.create()) {
      PgConnection connection = PgConnectionImpl.ofUrl(database.dataSource(), database.url());
      return new StandardChecksOnHost()
          .apply(connection).stream()
              .filter(check -> !check.isRuntime())
              .filter(check -> !NOT_FOLLOWED.containsKey(Diagnostic.valueOf(check.getName())))
              .flatMap(check -> findings(check, PgContext.of(schema)))
              .toList()
              .stream();
    }
  }

  private static Stream<String> findings(
      DatabaseCheckOnHost<? extends DbObject> check, PgContext schema) {
    return check.check(schema).stream()
        .filter(found -> !KEPT.containsKey(found.getName()))
        .map(found -> check.getName() + " " + found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ref", "raw", "staging", "curated", "archive", "performance_monitoring"})
  void theSchemaHasNoFaults(String schema) {
    assertThat(findings(schema)).isEmpty();
  }
}
