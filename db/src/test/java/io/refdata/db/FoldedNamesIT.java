package io.refdata.db;

import static io.refdata.db.Asked.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The texts by which names are searched. */
class FoldedNamesIT {
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
  void searchIgnoresCaseAndAccentsOfAnyScript() throws Exception {
    try (Connection connection = connect()) {
      assertThat(answer(connection, "select ref.fold('ÅLAND Œuvre Жук İ' collate \"C\")"))
          .isEqualTo("aland oeuvre жук i");
      assertThat(
              answer(
                  connection,
                  "select count(*) from ref.region where ref.fold(name) like '%' ||"
                      + " ref.fold('CÔTE') || '%'"))
          .isEqualTo("1");
    }
  }

  private static Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }
}
