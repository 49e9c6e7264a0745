package io.refdata.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementNameTest {
  @Test
  void theNameStandsAfterTheFirstKeywordOfEachStatement() {
    assertThat(StatementName.tag("select 1", "A.b")).isEqualTo("select /* A.b */ 1");
    assertThat(StatementName.tag("\n  with x as (select 1) table x", "A.b"))
        .isEqualTo("\n  with /* A.b */ x as (select 1) table x");
    assertThat(StatementName.tag("(select 1) union all (select 2)", "A.b"))
        .isEqualTo("(select /* A.b */ 1) union all (select 2)");
    assertThat(StatementName.tag("set x = 1;\nselect 1;\n", "A.b"))
        .isEqualTo("set /* A.b */ x = 1;\nselect /* A.b */ 1;\n");
  }

  @Test
  void theNameIsReadAgain() {
    assertThat(StatementName.in(StatementName.tag("  update x set y = 1", "A.b"))).isEqualTo("A.b");
    assertThat(StatementName.in("select 1 /* A.b */")).isNull();
    assertThat(StatementName.in("")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "io.refdata.persistence.item.query.ItemRows, page, ItemRows.page",
    "io.refdata.persistence.item.query.ItemRows$Page, lambda$read$12, ItemRows.read",
    "io.refdata.batch.Load, lambda$lambda$run$0$1, Load.run",
    "io.refdata.batch.Load, <init>, Load.create"
  })
  void aNameIsThatOfTheClassAndTheMethod(String type, String method, String name) {
    assertThat(StatementName.name(type, method)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select f.id from ref.facility f where f.code=?|entities.select.facility",
        "insert into ref.facility_aud (rev) values (?)|entities.insert.facility_aud",
        "update ref.facility set name=? where id=?|entities.update.facility",
        "delete from ref.facility where id=?|entities.delete.facility",
        "select x from (select 1) y|entities.select"
      })
  void aStatementOfAnEntityHasTheNameOfItsTable(String sql, String name) {
    assertThat(EntityStatements.nameOf(sql)).isEqualTo(name);
  }
}
