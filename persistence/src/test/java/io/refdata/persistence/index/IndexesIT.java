package io.refdata.persistence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class IndexesIT {
  private static final Duration LONG = Duration.ofDays(30);

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static Indexes indexes;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    indexes = new Indexes(jdbi);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static void execute(String... statements) {
    jdbi.useHandle(handle -> List.of(statements).forEach(handle::execute));
  }

  private static IndexUsage find(String table, String name, Duration unusedAfter) {
    return indexes.all(unusedAfter).stream()
        .filter(one -> one.table().equals(table) && one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anEqualIndexAndAPrefixAreDuplicates() {
    execute(
        "create table public.twice (a integer primary key, b integer, c integer)",
        "create index twice_b on public.twice (b)",
        "create index twice_b_c on public.twice (b, c)",
        "create index twice_b_c_again on public.twice (b, c)",
        "create unique index twice_b_unique on public.twice (b) where c is null",
        "create index twice_c_desc on public.twice (c desc)",
        "create index twice_c on public.twice (c)");
    assertThat(find("public.twice", "twice_b", LONG).verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(find("public.twice", "twice_b", LONG).coveredBy()).startsWith("twice_b_c");
    assertThat(find("public.twice", "twice_b_c_again", LONG).coveredBy()).isEqualTo("twice_b_c");
    for (String other :
        List.of("twice_pkey", "twice_b_c", "twice_b_unique", "twice_c_desc", "twice_c")) {
      assertThat(find("public.twice", other, LONG).verdict()).as(other).isEqualTo(Verdict.USED);
    }
  }

  @Test
  void onlyAnIndexThatNothingNeedsIsUnusedAndOnlyAfterItsTime() {
    execute(
        "create table public.parent (id integer primary key)",
        "create table public.idle (a integer primary key, b integer unique,"
            + " parent_id integer references public.parent, d integer)",
        "create index idle_parent on public.idle (parent_id)",
        "create index idle_d on public.idle (d)");
    indexes.sample();
    assertThat(find("public.idle", "idle_d", LONG).verdict()).isEqualTo(Verdict.USED);
    assertThat(find("public.idle", "idle_d", Duration.ZERO).verdict()).isEqualTo(Verdict.UNUSED);
    for (String needed : List.of("idle_pkey", "idle_b_key", "idle_parent")) {
      assertThat(find("public.idle", needed, Duration.ZERO).verdict())
          .as(needed)
          .isEqualTo(Verdict.USED);
    }
  }

  @Test
  void whatAFailedBuildLeavesIsInvalidUntilTheTaskRemovesIt() {
    execute("create table public.broken (a integer)", "insert into public.broken values (1), (1)");
    assertThatThrownBy(
            () -> execute("create unique index concurrently broken_a on public.broken (a)"))
        .hasMessageContaining("could not create unique index");
    assertThat(find("public.broken", "broken_a", LONG).verdict()).isEqualTo(Verdict.INVALID);
    List<Step> steps = new ArrayList<>();
    new RemoveInvalidIndexes(new InvalidIndexes(jdbi), new OptimizationLog(jdbi)).run(steps::add);
    assertThat(steps).extracting(Step::subject).contains("public.broken_a");
    assertThat(indexes.all(LONG)).extracting(IndexUsage::name).doesNotContain("broken_a");
  }

  @Test
  void partitionsCountForTheirTableAlsoWhenTheyAreGone() {
    execute(
        "create table public.parts (a integer primary key, b text) partition by range (a)",
        "create table public.parts_1 partition of public.parts for values from (0) to (1000)",
        "create table public.parts_2 partition of public.parts for values from (1000) to (2000)",
        "insert into public.parts select i, 'x' from generate_series(0, 1999) i");
    jdbi.useHandle(
        handle -> {
          handle.execute("set enable_seqscan = off");
          handle.execute("select b from public.parts_1 where a = 5");
          handle.execute("select b from public.parts_2 where a = 1005");
          handle.execute("select pg_stat_force_next_flush()");
        });
    IndexUsage before = find("public.parts", "parts_pkey", LONG);
    assertThat(before.partitions()).isEqualTo(2);
    assertThat(before.scans()).isEqualTo(2);
    indexes.sample();
    execute("drop table public.parts_1");
    indexes.sample();
    IndexUsage after = find("public.parts", "parts_pkey", LONG);
    assertThat(after.partitions()).isEqualTo(1);
    assertThat(after.scans()).isEqualTo(2);
  }
}
