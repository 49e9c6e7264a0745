package io.refdata.db;

import static io.refdata.db.Asked.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trigger that ends the states of an item before the one that is written. */
class EndedStatesIT {
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
  void everyAuditTableHasIt() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(
              answer(
                  connection,
                  """
                  select string_agg(c.oid::regclass::text, ', ')
                    from pg_class c
                   where c.relkind = 'r' and c.relname like '%\\_aud'
                     and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'end_states')
                  """))
          .isNull();
    }
  }

  /** Of providers the runs of values are kept, of datasets none. */
  @ParameterizedTest
  @ValueSource(strings = {"ref.provider_aud", "curated.dataset_aud"})
  void aStateLastsUntilTheNext(String audit) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into %1$s (id, rev, revtype, code) values (7001, 101, 0, 'A'), (7002, 101, 0, 'B');
          insert into %1$s (id, rev, revtype, code) values (7001, 105, 1, 'A');
          insert into %1$s (id, rev, revtype, code) values (7001, 109, 2, 'A'), (7002, 109, 1, 'B');
          """
              .formatted(audit));
      assertThat(
              answer(
                  connection,
                  "select string_agg(code || ' ' || rev || ' ' || coalesce(revend::text, 'lasts'),"
                      + " ', ' order by id, rev)"
                      + " from %s where id in (7001, 7002)".formatted(audit)))
          .isEqualTo("A 101 105, A 105 109, A 109 lasts, B 101 109, B 109 lasts");
    }
  }
}
