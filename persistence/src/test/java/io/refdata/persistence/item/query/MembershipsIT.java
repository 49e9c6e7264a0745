package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.MembershipDay;
import io.refdata.persistence.item.Past;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The items in groups, by the day and the revision. */
@SuppressWarnings("NullAway.Init")
class MembershipsIT {
  /**
   * A group NORTH with the member FRA in the nineties and the member group SOUTH since 2000, which
   * has ITA and M49-154 (Northern Europe) as members, and NORTH itself. A plant in each of five
   * regions.
   */
  private static final String FILL =
      """
      do $$
      declare
        r integer := ref.open_revision(0, 'test', null);
      begin
        insert into ref.region (code, name, kind) values ('NORTH', 'North', 'GROUP'), ('SOUTH', 'South', 'GROUP');
        insert into ref.region_aud (id, rev, revtype, version, code, name, kind)
        select id, r, 0, version, code, name, kind from ref.region where code in ('NORTH', 'SOUTH');
        insert into ref.membership (code, name, group_id, member_id, valid_from, valid_to)
        select m.code, m.code, g.id, x.id, m.first::date, m.last::date
          from (values ('M1', 'NORTH', 'FRA', '1990-01-01', '1999-12-31'), ('M2', 'NORTH', 'SOUTH', '2000-01-01', null),
                       ('M3', 'SOUTH', 'ITA', null, null), ('M4', 'SOUTH', 'M49-154', null, '2009-12-31'),
                       ('M5', 'SOUTH', 'NORTH', '2005-01-01', null)) m(code, above, below, first, last)
          join ref.region g on g.code = m.above
          join ref.region x on x.code = m.below;
        insert into ref.membership_aud (id, rev, revtype, version, code, name, group_id, member_id, valid_from, valid_to)
        select id, r, 0, version, code, name, group_id, member_id, valid_from, valid_to from ref.membership where code like 'M_';
        insert into ref.facility (code, name, kind, region_id)
        select 'P_' || code, 'Plant', 'POWER_PLANT', id from ref.region where code in ('FRA', 'ITA', 'SWE', 'DEU', 'NORTH');
        insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, region_id)
        select id, r, 0, version, code, name, kind, region_id from ref.facility;
      end
      $$
      """;

  /** Italy leaves SOUTH with the year 2014. */
  private static final String LEAVE =
      """
      do $$
      declare
        r integer := ref.open_revision(0, 'test', null);
      begin
        update ref.membership set version = 1, valid_to = '2014-12-31' where code = 'M3';
        update ref.membership_aud set revend = r where code = 'M3';
        insert into ref.membership_aud (id, rev, revtype, version, code, name, group_id, member_id, valid_from, valid_to)
        select id, r, 1, version, code, name, group_id, member_id, valid_from, valid_to from ref.membership where code = 'M3';
      end
      $$
      """;

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static ItemRows rows;
  private static int before;
  private static int after;

  @BeforeAll
  static void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    jdbi.useTransaction(handle -> handle.execute(FILL));
    before = revision();
    jdbi.useTransaction(handle -> handle.execute(LEAVE));
    after = revision();
    jdbi.useHandle(handle -> handle.execute("analyze"));
    rows = new ItemRows(jdbi);
  }

  private static int revision() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select max(rev) from ref.revision").mapTo(Integer.class).one());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aMemberCountsFromItsFirstDayToItsLast() {
    assertThat(plants("NORTH", "1989-12-31")).containsExactly("P_NORTH");
    assertThat(plants("NORTH", "1990-01-01")).containsExactly("P_FRA", "P_NORTH");
    assertThat(plants("NORTH", "1999-12-31")).containsExactly("P_FRA", "P_NORTH");
    assertThat(plants("NORTH", "2000-01-01")).containsExactly("P_ITA", "P_NORTH", "P_SWE");
    assertThat(plants("NORTH", "2010-01-01")).containsExactly("P_ITA", "P_NORTH");
    assertThat(plants("NORTH", "2015-01-01")).containsExactly("P_NORTH");
  }

  @Test
  void groupsMayBeMembersOfEachOther() {
    assertThat(plants("SOUTH", "2004-12-31")).containsExactly("P_ITA", "P_SWE");
    assertThat(plants("SOUTH", "2005-01-01")).containsExactly("P_ITA", "P_NORTH", "P_SWE");
  }

  @Test
  void aPastRevisionHasItsOwnMemberships() {
    assertThat(codes(Catalogue.FACILITIES, within("NORTH", "2015-01-01"), new Past(before)))
        .containsExactly("P_ITA", "P_NORTH");
    for (String day :
        List.of("1989-12-31", "1995-06-01", "2000-01-01", "2012-01-01", "2015-01-01")) {
      assertThat(codes(Catalogue.FACILITIES, within("NORTH", day), new Past(after)))
          .as(day)
          .isEqualTo(plants("NORTH", day));
    }
    assertThat(codes(Catalogue.FACILITIES, within("NORTH", "2015-01-01"), new Past(1))).isEmpty();
  }

  @Test
  void regionsLieInAGroupButNotInThemselves() {
    Condition inNorth = regions("NORTH", on("2000-01-01"));
    List<String> found = codes(Catalogue.REGIONS, inNorth, null);
    assertThat(found).contains("SOUTH", "ITA", "M49-154", "SWE").doesNotContain("NORTH", "FRA");
    assertThat(codes(Catalogue.REGIONS, inNorth, new Past(after))).isEqualTo(found);
    assertThat(codes(Catalogue.REGIONS, regions("NORTH", on("2005-01-01")), null))
        .as("a member of its own member lies in itself")
        .contains("NORTH");
    assertThat(codes(Catalogue.REGIONS, regions("NORTH", null), null)).isEmpty();
    assertThat(codes(Catalogue.REGIONS, regions("M49-154", null), new Past(after)))
        .contains("SWE")
        .isEqualTo(codes(Catalogue.REGIONS, regions("M49-154", on("2000-01-01")), null));
  }

  @Test
  void membersAreThoseOfTheGroupItself() {
    assertThat(codes(Catalogue.REGIONS, members("NORTH", "2001-01-01"), null))
        .containsExactly("SOUTH");
    assertThat(codes(Catalogue.REGIONS, members("SOUTH", "2015-01-01"), null))
        .containsExactly("NORTH");
    assertThat(codes(Catalogue.REGIONS, members("SOUTH", "2015-01-01"), new Past(before)))
        .containsExactly("ITA", "NORTH");
    assertThat(codes(Catalogue.REGIONS, members("EU", "2020-01-31"), null)).hasSize(28);
    assertThat(codes(Catalogue.REGIONS, members("EU", "2020-02-01"), null)).hasSize(27);
  }

  @Test
  void membershipsAreFilteredByTheDayOnWhichTheyAreInForce() {
    Condition group =
        new Condition.AnyOf(
            Catalogue.MEMBERSHIPS.property("group").orElseThrow(), List.of(new Code("SOUTH")));
    for (Past past : new @Nullable Past[] {null, new Past(after)}) {
      assertThat(codes(Catalogue.MEMBERSHIPS, List.of(group, inForce("2009-12-31")), past))
          .containsExactly("M3", "M4", "M5");
      assertThat(codes(Catalogue.MEMBERSHIPS, List.of(group, inForce("2010-01-01")), past))
          .containsExactly("M3", "M5");
      assertThat(codes(Catalogue.MEMBERSHIPS, List.of(group, inForce("2015-01-01")), past))
          .containsExactly("M5");
    }
  }

  private static List<String> plants(String group, String day) {
    return codes(Catalogue.FACILITIES, within(group, day), null);
  }

  private static MembershipDay on(String day) {
    return new MembershipDay(LocalDate.parse(day), false);
  }

  private static Condition within(String group, String day) {
    return new Condition.Within(
        Catalogue.FACILITIES.property("region").orElseThrow(), new Code(group), on(day));
  }

  private static Condition regions(String group, @Nullable MembershipDay on) {
    return new Condition.Within(
        Catalogue.REGIONS.property("parent").orElseThrow(), new Code(group), on);
  }

  private static Condition members(String group, String day) {
    return new Condition.MemberOf(new Code(group), on(day));
  }

  private static Condition inForce(String day) {
    return new Condition.InForce(Catalogue.MEMBERSHIPS.periods().get(0), LocalDate.parse(day));
  }

  private static List<String> codes(ItemType<?> type, Condition condition, @Nullable Past past) {
    return codes(type, List.of(condition), past);
  }

  private static List<String> codes(
      ItemType<?> type, List<Condition> conditions, @Nullable Past past) {
    return rows.page(list(type, conditions, past)).items().stream().map(ItemView::code).toList();
  }

  private static ItemList list(ItemType<?> type, List<Condition> conditions, @Nullable Past past) {
    return new ItemList(type, null, conditions, List.of(), null, 1000, Set.of(), past);
  }
}
