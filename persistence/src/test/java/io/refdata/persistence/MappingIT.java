package io.refdata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mapping against the schema that Flyway makes, for Hibernate and for our own SQL alike. */
@SuppressWarnings("NullAway.Init")
class MappingIT {
  private static EmbeddedDatabase database;

  @BeforeAll
  static void migrate() {
    database = EmbeddedDatabase.startTemporary();
    Migrations.migrate(database.dataSource());
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
  void theColumnsOfATypeAreThoseOfItsTableAndItsAuditTable(ItemType<?> type) {
    TreeSet<String> expected = new TreeSet<>(List.of("id", "version"));
    type.properties().stream().map(Property::column).forEach(expected::add);
    assertThat(columns(type.table())).isEqualTo(expected);
    expected.addAll(List.of("rev", "revtype", "revend"));
    TreeSet<String> recorded = columns(type.table() + "_aud");
    // What ref.index_past_values lets the database keep for itself.
    recorded.removeAll(Set.of("changed", "renamed", "folded_name"));
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
