package io.refdata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the mapping against the schema that Flyway creates, for Hibernate and for our own SQL. */
@SuppressWarnings("NullAway.Init")
class MappingIT {
  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void hibernateFindsEveryTableAndColumnItExpects() {
    try (EntityManagerFactory factory =
        Persistence.createEntityManagerFactory(
            "refdata",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", database.dataSource(),
                "hibernate.hbm2ddl.auto", "validate",
                "hibernate.cache.use_second_level_cache", "false",
                "hibernate.cache.use_query_cache", "false"))) {
      assertThat(factory.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeHasTheColumnsOfItsTableAndAuditTable(ItemType<?> type) {
    TreeSet<String> expected = new TreeSet<>(List.of("id", "version"));
    type.properties().stream().map(Property::column).forEach(expected::add);
    assertThat(columns(type.table())).isEqualTo(expected);
    expected.addAll(List.of("rev", "revtype", "revend"));
    TreeSet<String> recorded = columns(type.table() + "_aud");
    // The columns that ref.index_runs adds for the database's own use.
    recorded.removeIf(column -> column.endsWith("_until") || column.equals("folded_name"));
    assertThat(recorded).isEqualTo(expected);
  }

  static List<ItemType<?>> types() {
    return Catalogue.all();
  }

  private static TreeSet<String> columns(String table) {
    List<String> columns =
        Database.of(database.dataSource())
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select attname
                              from pg_attribute
                             where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
                            """)
                        .bind("table", table)
                        .mapTo(String.class)
                        .list());
    return new TreeSet<>(columns);
  }
}
