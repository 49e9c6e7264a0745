package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.Rows;
import io.refdata.domain.load.Load.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads of items whose lines refer to each other and to stored items. */
class ItemLoadsIT {
  private static final String ORGANIZATIONS = "organizations";

  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static ItemPipeline pipeline;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new ItemPipeline(database.dataSource(), directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void clear() {
    execute("delete from ref.emission_source");
    execute("delete from ref.facility");
    execute("delete from ref.organization");
    execute("delete from ref.organization_aud");
  }

  private static void execute(String sql) {
    pipeline.jdbi().useHandle(handle -> handle.execute(sql));
  }

  /** The organizations: {@code code name < parent}. */
  private static List<String> organizations() {
    return pipeline.rows(
        """
        select o.code || ' ' || o.name || coalesce(' < ' || p.code, '')
          from ref.organization o left join ref.organization p on p.id = o.parent_id
         order by o.code
        """);
  }

  /** All states in the history: {@code code revtype parent}, with {@code ended} for past states. */
  private static List<String> states() {
    return pipeline.rows(
        """
        select a.code || ' ' || a.revtype || coalesce(' < ' || p.code, '')
               || case when a.revend is null then '' else ' ended' end
          from ref.organization_aud a left join ref.organization p on p.id = a.parent_id
         order by a.code, a.rev
        """);
  }

  @Test
  void linesReferToOtherLinesInAnyOrder() throws Exception {
    String file =
        """
        code,name,parent
        C,Child,B
        B,Middle,A
        A,Top,
        X,Elsewhere,B
        """;
    Load load = pipeline.load(ORGANIZATIONS, "UPSERT", file);
    assertThat(load.rows()).isEqualTo(new Rows(4, 4, 0, 0, 0, 0, 0, 0));
    assertThat(organizations())
        .containsExactly("A Top", "B Middle < A", "C Child < B", "X Elsewhere < B");
    assertThat(states()).containsExactly("A 0", "B 0 < A", "C 0 < B", "X 0 < B");
    assertThat(pipeline.load(ORGANIZATIONS, "REPLACE", file).rows())
        .isEqualTo(new Rows(4, 0, 0, 4, 0, 0, 0, 0));
  }

  @Test
  void referencedItemsOfTheFileAreNotCreatedTwice() throws Exception {
    String properties =
        """
        "code": {"column": "code"}, "name": {"column": "name"},
        "parent": {"column": "parent", "as": "CODE", "create": true}\
        """;
    String file =
        """
        code,name,parent
        CHILD,Child,the top
        THE_TOP,The top itself,holding
        OTHER,Other,Not in the file
        """;
    Load load = pipeline.load(ORGANIZATIONS, "UPSERT", properties, file);
    assertThat(load.rows()).isEqualTo(new Rows(3, 3, 0, 0, 0, 0, 0, 0));
    assertThat(organizations())
        .containsExactly(
            "CHILD Child < THE_TOP",
            "HOLDING holding",
            "NOT_IN_THE_FILE Not in the file",
            "OTHER Other < NOT_IN_THE_FILE",
            "THE_TOP The top itself < HOLDING");
    assertThat(states())
        .containsExactly(
            "CHILD 0 < THE_TOP",
            "HOLDING 0",
            "NOT_IN_THE_FILE 0",
            "OTHER 0 < NOT_IN_THE_FILE",
            "THE_TOP 0 < HOLDING");
    assertThat(pipeline.load(ORGANIZATIONS, "UPSERT", properties, file).rows())
        .isEqualTo(new Rows(3, 0, 0, 3, 0, 0, 0, 0));
  }

  @Test
  void parentsAreFoundByName() throws Exception {
    String properties =
        """
        "code": {"column": "code"}, "name": {"column": "name"},
        "parent": {"column": "parent", "match": "name", "create": true, "map": {"-": "A2"}}\
        """;
    String file =
        """
        code,name,parent
        C,Child,Ålesund Power
        D,Child,Middle
        B,Middle,Top
        A1,Top,
        A2,Peak,Ålesund Power
        E,Mapped,-
        """;
    Load load = pipeline.load(ORGANIZATIONS, "UPSERT", properties, file);
    assertThat(load.rows()).isEqualTo(new Rows(6, 6, 0, 0, 0, 0, 0, 0));
    List<String> expected =
        List.of(
            "A1 Top",
            "A2 Peak < ALESUND_POWER",
            "ALESUND_POWER Ålesund Power",
            "B Middle < A1",
            "C Child < ALESUND_POWER",
            "D Child < B",
            "E Mapped < A2");
    assertThat(organizations()).isEqualTo(expected);
    assertThat(states()).hasSize(expected.size());
    assertThat(pipeline.load(ORGANIZATIONS, "UPSERT", properties, file).rows())
        .isEqualTo(new Rows(6, 0, 0, 6, 0, 0, 0, 0));
    assertThat(organizations()).isEqualTo(expected);
  }

  @Test
  void aNameThatTwoHaveIsNoParent() throws Exception {
    Load load =
        pipeline.load(
            ORGANIZATIONS,
            "UPSERT",
            """
            "code": {"column": "code"}, "name": {"column": "name"},
            "parent": {"column": "parent", "match": "name", "create": true}\
            """,
            "code,name,parent\nA1,Top,\nA2,Top,\nB,Middle,Top\n");
    assertThat(pipeline.rejects(load)).containsExactly("4 parent AMBIGUOUS_PARENT");
    assertThat(pipeline.reasons(load).get(0)).endsWith("'Top': A1, A2");
    assertThat(organizations()).containsExactly("A1 Top", "A2 Top");
  }

  @Test
  void anUnknownParentRejectsAllLinesBelowIt() throws Exception {
    pipeline.load(ORGANIZATIONS, "UPSERT", "code,name\nOLD,Old\n");
    Load load =
        pipeline.load(
            ORGANIZATIONS,
            "UPSERT",
            """
            code,name,parent
            C,Child,B
            B,Middle,NOWHERE
            A,Top,OLD
            OLD,Older,a.b
            X,Stays,A
            """);
    assertThat(pipeline.rejects(load))
        .containsExactly(
            "2 parent UNKNOWN_PARENT", "3 parent UNKNOWN_PARENT", "5 parent UNKNOWN_PARENT");
    assertThat(pipeline.reasons(load).get(1))
        .isEqualTo("neither organizations nor the file has an item with the code 'NOWHERE'");
    assertThat(load.rows()).isEqualTo(new Rows(5, 2, 0, 0, 0, 3, 0, 0));
    assertThat(organizations()).containsExactly("A Top < OLD", "OLD Old", "X Stays < A");
  }

  @Test
  void itemsThatBecomeTheirOwnAncestorAreRejected() throws Exception {
    pipeline.load(
        ORGANIZATIONS,
        "UPSERT",
        """
        code,name,parent
        A,Top,
        B,Middle,A
        C,Low,B
        Z,Apart,
        """);
    Load load =
        pipeline.load(
            ORGANIZATIONS,
            "UPSERT",
            """
            code,name,parent
            A,Top,C
            B,Middle renamed,A
            N1,New,N2
            N2,New,N3
            N3,New,N1
            N4,Below the new,N1
            S,Self,S
            Z,Apart,C
            """);
    // B does not move, so it does not close the cycle. N4 is in no cycle, but its parent is
    // rejected.
    assertThat(pipeline.rejects(load))
        .containsExactly(
            "2 parent CYCLIC_PARENT",
            "4 parent CYCLIC_PARENT",
            "5 parent CYCLIC_PARENT",
            "6 parent CYCLIC_PARENT",
            "7 parent UNKNOWN_PARENT",
            "8 parent CYCLIC_PARENT");
    assertThat(load.rows()).isEqualTo(new Rows(8, 0, 2, 0, 0, 6, 0, 0));
    assertThat(organizations())
        .containsExactly("A Top", "B Middle renamed < A", "C Low < B", "Z Apart < C");
  }

  @Test
  void aCycleClosedByAConcurrentChangeIsFoundWhenTheFileIsStagedAgain() throws Exception {
    pipeline.load(ORGANIZATIONS, "UPSERT", "code,name\nA,One\nB,Other\n");
    Load load =
        pipeline.load(
            ORGANIZATIONS,
            "UPSERT",
            "\"code\": {\"column\": \"code\"}, \"parent\": {\"column\": \"parent\"}",
            "code,parent\nA,B\n",
            () ->
                execute(
                    "update ref.organization set parent_id = (select id from ref.organization"
                        + " where code = 'A') where code = 'B'"));
    assertThat(load.state()).isEqualTo(State.COMPLETED);
    assertThat(pipeline.rejects(load)).containsExactly("2 parent CYCLIC_PARENT");
    assertThat(organizations()).containsExactly("A One", "B Other < A");
  }

  @Test
  void aDeepHierarchyIsNoCycle() throws Exception {
    StringBuilder file = new StringBuilder("code,name,parent\n");
    int depth = 5_000;
    for (int i = 0; i < depth; i++) {
      file.append("O%d,Organization,%s%n".formatted(i, i == 0 ? "" : "O" + (i - 1)));
    }
    Load load = pipeline.load(ORGANIZATIONS, "UPSERT", file.toString());
    assertThat(load.rows()).isEqualTo(new Rows(depth, depth, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aLastDayBeforeTheFirstIsRejected() throws Exception {
    Load load =
        pipeline.load(
            "facilities",
            "UPSERT",
            """
            code,name,kind,region,commissioned,retired
            F1,Plant,POWER_PLANT,FRA,2012-05-01,2011
            F2,Plant,POWER_PLANT,FRA,2012-05-01,2012
            F3,Plant,POWER_PLANT,FRA,2012-05-01,2012-04-30
            F4,Plant,POWER_PLANT,FRA,2012,2012-01-01
            F5,Plant,POWER_PLANT,FRA,,1999
            F6,Plant,POWER_PLANT,FRA,2000,
            """);
    assertThat(pipeline.rejects(load))
        .containsExactly("2 retired BAD_RETIRED", "4 retired BAD_RETIRED");
    assertThat(pipeline.reasons(load).get(0))
        .isEqualTo("retired 2011 must not be before commissioned 2012-05-01");
    assertThat(load.rows()).isEqualTo(new Rows(6, 4, 0, 0, 0, 2, 0, 0));
  }

  @Test
  void aDayIsComparedWithTheStoredOne() throws Exception {
    pipeline.load(
        "facilities",
        "UPSERT",
        """
        code,name,kind,region,commissioned,retired
        F2,Plant,POWER_PLANT,FRA,2012-05-01,2012
        F5,Plant,POWER_PLANT,FRA,,1999
        F6,Plant,POWER_PLANT,FRA,2000,
        """);
    String begins = "code,commissioned\nF2,2013\nF5,2001\nF6,1998\nF7,1998\n";
    Load first = pipeline.load("facilities", "UPSERT", begins);
    assertThat(pipeline.rejects(first))
        .containsExactly(
            "2 commissioned BAD_COMMISSIONED",
            "3 commissioned BAD_COMMISSIONED",
            "5 null MISSING_KIND");
    assertThat(first.rows()).isEqualTo(new Rows(4, 0, 1, 0, 0, 3, 0, 0));
    Load last = pipeline.load("facilities", "UPSERT", "code,retired\nF2,2011\nF6,1998-01-01\n");
    assertThat(pipeline.rejects(last)).containsExactly("2 retired BAD_RETIRED");
    assertThat(
            pipeline.rows(
                "select code || ' ' || coalesce(commissioned, '') || ' ' || coalesce(retired, '')"
                    + " from ref.facility order by code"))
        .containsExactly("F2 2012-05-01 2012", "F5  1999", "F6 1998 1998-01-01");
  }

  @Test
  void periodsOfCodesAreCheckedAndListsAreSeparate() throws Exception {
    execute("insert into ref.code_list (code, name) values ('L1', 'One'), ('L2', 'Other')");
    String file =
        """
        code,name,parent,validFrom,validTo,replacedBy
        A,First,,2020-01-01,2020-12-31,B
        B,Second,A,,,
        C,Third,,2020-02-01,2020-01-01,
        """;
    for (String list : List.of("L1", "L2")) {
      Load load = pipeline.load("code-lists/" + list + "/codes", "REPLACE", file);
      assertThat(pipeline.rejects(load)).containsExactly("4 validTo BAD_VALID_TO");
      assertThat(load.rows()).isEqualTo(new Rows(3, 2, 0, 0, 0, 1, 0, 0));
    }
    Load replaced =
        pipeline.load("code-lists/L2/codes", "REPLACE", "code,name,parent\nB,Second,\n");
    assertThat(replaced.rows()).isEqualTo(new Rows(1, 0, 1, 0, 1, 0, 0, 0));
    assertThat(
            pipeline.rows(
                """
                select l.code || '/' || c.code || coalesce(' < ' || pl.code || '/' || p.code, '')
                  from ref.code c
                  join ref.code_list l on l.id = c.list_id
                  left join ref.code p on p.id = c.parent_id
                  left join ref.code_list pl on pl.id = p.list_id
                 where l.code in ('L1', 'L2')
                 order by 1
                """))
        .containsExactly("L1/A", "L1/B < L1/A", "L2/B");
  }

  @Test
  void replaceSparesItemsOfRejectedLinesAndItemsOutsideItsConstants() throws Exception {
    pipeline.load(
        "facilities",
        "UPSERT",
        """
        code,name,kind,region,commissioned,capacityMw
        F1,Plant,POWER_PLANT,FRA,2000,
        F2,Plant,POWER_PLANT,FRA,2000,
        F3,Plant,POWER_PLANT,FRA,2000,
        F4,Plant,POWER_PLANT,DEU,2000,
        F5,Plant,POWER_PLANT,FRA,2000,
        """);
    Load load =
        pipeline.load(
            "facilities",
            "REPLACE",
            """
            "into": "facilities", "decimal": ",", "delimiter": ";", "properties": {
              "code": {"column": "code"}, "name": {"column": "name"},
              "kind": {"constant": "power plant", "as": "CODE"},
              "region": {"constant": "France", "match": "name"},
              "capacityMw": {"column": "mw"},
              "retired": {"column": "retired", "pattern": "dd.MM.uuuu"}}\
            """,
            """
            code;name;retired;mw
            F1;Plant;01.02.2003;12,5
            F2;Plant;01.02.1999;1
            F3;Plant;2003-02-01;1
            """);
    // F2's last day is before its first. F3's last day does not match the layout's pattern. F4 is
    // not in France.
    assertThat(pipeline.rejects(load))
        .containsExactly("3 retired BAD_RETIRED", "4 retired BAD_RETIRED");
    assertThat(load.rows()).isEqualTo(new Rows(3, 0, 1, 0, 1, 2, 0, 0));
    assertThat(
            pipeline.rows(
                "select code || coalesce(' ' || capacity_mw || ' ' || retired, '') from"
                    + " ref.facility order by code"))
        .containsExactly("F1 12.5 2003-02-01", "F2", "F3", "F4");
  }

  @Test
  void replaceSparesAndReportsItemsThatAreStillReferenced() throws Exception {
    pipeline.load(
        ORGANIZATIONS, "UPSERT", "code,name,parent\nA,One,\nB,Other,A\nC,Third,\nD,Owner,\n");
    pipeline.load(
        "facilities",
        "UPSERT",
        """
        code,name,kind,region,owners
        F1,Plant,POWER_PLANT,FRA,D:0.5
        """);
    Load load = pipeline.load(ORGANIZATIONS, "REPLACE", "code,name,parent\nB,Other,A\n");
    assertThat(pipeline.rejects(load))
        .containsExactly("0 null STILL_REFERENCED", "0 null STILL_REFERENCED");
    assertThat(pipeline.reasons(load))
        .anyMatch(reason -> reason.endsWith("organizations/B"))
        .anyMatch(reason -> reason.endsWith("facilities/F1"));
    assertThat(organizations()).containsExactly("A One", "B Other < A", "D Owner");
    execute("insert into ref.code_list (code, name) values ('L3', 'Used by none')");
    pipeline.load("code-lists/L3/codes", "UPSERT", "code,name\nX,Code\n");
    Load fuels =
        pipeline.load("code-lists/FACILITY_KIND/codes", "REPLACE", "code,name\nFARM,Farm\n");
    assertThat(pipeline.reasons(fuels)).singleElement().asString().endsWith("facilities/F1");
    Load lists = pipeline.load("code-lists", "REPLACE", "code,name\nL3,Used by none\n");
    assertThat(pipeline.reasons(lists))
        .anyMatch(reason -> reason.contains("code-lists/FUEL/codes/"));
  }

  @Test
  void aMemberOfIdentifiersThatIsNullIsAbsent() throws Exception {
    Load load =
        pipeline.load(
            "instruments",
            "UPSERT",
            """
            "into": "instruments", "format": "ndjson", "properties": {"code": {"column": "code"},
            "kind": {"constant": "EQUITY"}, "identifiers": {"column": "ids"}}\
            """,
            """
            {"code": "NULLS", "ids": {"ISIN": "FR0000133308", "TICKER": null}}
            {"code": "TRUTHS", "ids": {"TICKER": true}}
            """);
    assertThat(pipeline.rejects(load)).containsExactly("2 ids BAD_IDENTIFIERS");
    assertThat(
            pipeline.rows(
                "select identifiers::text from ref.instrument where code in ('NULLS', 'TRUTHS')"))
        .containsExactly("ISIN:FR0000133308");
  }
}
