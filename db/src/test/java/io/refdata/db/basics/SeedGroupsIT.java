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

/** The groups of countries against how many members they had, as their own histories tell. */
@SuppressWarnings("NullAway.Init")
class SeedGroupsIT {
  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "EU, 1957-12-31 1958-01-01 1973-01-01 1981-01-01 1986-01-01 1995-01-01, 0 6 9 10 12 15",
    "EU, 2004-04-30 2004-05-01 2007-01-01 2013-07-01 2020-01-31 2020-02-01, 15 25 27 28 28 27",
    "EU27, 1900-01-01 2026-01-01, 27 27",
    "EU28, 1900-01-01 2026-01-01, 28 28",
    "EA, 1998-12-31 1999-01-01 2001-01-01 2007-01-01 2008-01-01 2009-01-01, 0 11 12 13 15 16",
    "EA, 2011-01-01 2014-01-01 2015-01-01 2022-12-31 2023-01-01 2026-01-01, 17 18 19 19 20 21",
    "EEA, 1994-01-01 1995-05-01 2004-05-01 2007-08-01 2014-04-12 2020-02-01, 17 18 28 30 31 30",
    "OECD, 1961-09-29 1962-12-31 1973-12-31 2000-12-31 2010-12-31 2016-12-31, 0 20 24 30 34 35",
    "OECD, 2018-12-31 2020-12-31 2021-12-31, 36 37 38",
    "OPEC, 1960-12-31 1975-12-31 1995-12-31 2007-06-30 2007-12-31 2009-12-31, 5 13 11 12 13 12",
    "OPEC, 2016-06-30 2016-11-30 2016-12-31 2017-12-31 2018-12-31 2019-06-30, 13 14 13 14 15 14",
    "OPEC, 2020-01-01 2023-12-31 2024-01-01, 13 13 12",
    "G7, 1975-12-31 1976-12-31, 6 7",
    "G20, 1999-12-31, 19",
    "BRICS, 2009-12-31 2010-12-31 2023-12-31 2024-01-01 2025-12-31, 4 5 5 9 10"
  })
  void groupsHadAsManyMembersAsTheirHistoriesTell(String group, String days, String counts)
      throws SQLException {
    assertThat(
            answer(
                """
                select string_agg(members::text, ' ' order by place)
                  from (select d.place, count(m.id) as members
                          from unnest(string_to_array('%s', ' ')::date[]) with ordinality d(day, place)
                          left join ref.membership m
                            on m.group_id = (select id from ref.region where code = '%s')
                           and coalesce(m.valid_from <= d.day, true)
                           and coalesce(m.valid_to >= d.day, true)
                         group by d.place) c
                """
                    .formatted(days, group)))
        .isEqualTo(counts);
  }

  @Test
  void noCountryIsAMemberOfAGroupTwiceAtATime() throws SQLException {
    assertThat(
            answer(
                """
                select count(*)
                  from ref.membership a
                  join ref.membership b on b.group_id = a.group_id and b.member_id = a.member_id and b.id > a.id
                 where daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]')
                """))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"membership, 228", "conversion, 10"})
  void everyRowHasOneAuditRowThatAgreesWithIt(String table, int rows) throws SQLException {
    assertThat(
            answer(
                """
                select count(*) || ' ' || count(*) filter (where to_jsonb(row) <@ to_jsonb(audit))
                  from ref.%1$s as row
                  full join ref.%1$s_aud as audit using (id)
                """
                    .formatted(table)))
        .isEqualTo(rows + " " + rows);
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
