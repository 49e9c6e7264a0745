package io.refdata.db.basics;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedBasicsIT {

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
  void allRowsAreInOneRevision() throws SQLException {
    assertThat(answer("select count(*) from ref.revision where reason like 'The basics: %'"))
        .isEqualTo("1");
    assertThat(
            answer(
                "select distinct by from ref.revision where topic = 0 and at < clock_timestamp()"))
        .isEqualTo("refdata");
    assertThat(answer("select reason from ref.revision order by rev limit 1"))
        .startsWith("The basics: ");
  }

  @ParameterizedTest
  @CsvSource({"region, 279", "code_list, 12", "code, 410", "unit, 80"})
  void everyRowHasOneAuditRowThatAgreesWithIt(String table, int atLeast) throws SQLException {
    assertThat(Integer.parseInt(answer("select count(*) from ref." + table)))
        .isGreaterThanOrEqualTo(atLeast);
    // Every column of the table, by name; then the further columns of the audit row.
    assertThat(
            answer(
                """
                select count(*)
                  from ref.%1$s as row
                  full join ref.%1$s_aud as audit using (id)
                 where (to_jsonb(row) <@ to_jsonb(audit)) is not true
                    or audit.revtype <> 0
                    or audit.revend is not null
                    or row.version <> 0
                    or audit.rev not in (select rev from ref.revision where by = 'refdata')
                """
                    .formatted(table)))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CURRENCY",
        "REGION_KIND",
        "FACILITY_KIND",
        "ORGANIZATION_KIND",
        "ORGANIZATION_STATUS",
        "FUEL",
        "GAS",
        "METHOD",
        "INSTRUMENT_KIND",
        "FREQUENCY",
        "OBS_STATUS",
        "AGGREGATION"
      })
  void everyCodeListHasCodesInOrder(String list) throws SQLException {
    assertThat(
            answer(
                """
                select count(*) > 3 and min(position) = 1 and max(position) = count(distinct position)
                  from ref.code join ref.code_list on code_list.id = code.list_id
                 where code_list.code = '%s'
                """
                    .formatted(list)))
        .isEqualTo("t");
  }

  @Test
  void kindsOfRegionsAreCodesOfTheirList() throws SQLException {
    assertThat(
            answer(
                """
                select count(*) from ref.region
                 where kind not in (select code.code from ref.code join ref.code_list on code_list.id = list_id
                                     where code_list.code = 'REGION_KIND')
                """))
        .isEqualTo("0");
  }

  @Test
  void subSaharanAfricaHoldsItsCountries() throws SQLException {
    assertThat(
            answer(
                """
                with recursive within as (
                  select id, code, kind from ref.region where code = 'M49-202'
                  union all
                  select region.id, region.code, region.kind
                    from ref.region join within on region.parent_id = within.id
                )
                select count(*) filter (where kind = 'COUNTRY') || ' ' || bool_or(code = 'KEN') from within
                """))
        .isEqualTo("53 true");
  }

  private static String answer(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
