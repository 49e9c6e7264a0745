package io.refdata.persistence.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.payload.StoredPayloads.Page;
import io.refdata.persistence.payload.StoredPayloads.Selection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plans by which PostgreSQL finds pushes among 20,000, by EXPLAIN, and the ends of pages. */
@SuppressWarnings("NullAway.Init")
class PushPlansIT {
  private static final int PUSHES = 20_000;
  private static final long MUCH = 1L << 30;

  private static MigratedDatabase database;
  private static Jdbi jdbi;

  @BeforeAll
  static void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into raw.payload (bytes, sha256, media_type, target, content)
              select 100, '\\x00', 'application/json', 'datasets/A',
                     jsonb_build_array(jsonb_build_object('station', i % 1000, 'time', i, 'value', i))
                from generate_series(1, ?) i
              """,
              PUSHES);
          handle.execute("vacuum analyze raw.payload");
        });
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Page read(@Nullable String contained, long before, int limit, long room) {
    return new StoredPayloads(jdbi).pushes(new Selection(contained, before, limit, room));
  }

  private static String plan(@Nullable String contained, long before) {
    return jdbi.withHandle(
        handle -> {
          Query query =
              handle.createQuery(
                  "explain (analyze, costs off, timing off) "
                      + StoredPayloads.sql(new Selection(contained, before, 50, MUCH)));
          if (contained != null) {
            query.bind("contained", "[" + contained + "]");
          }
          List<String> lines =
              query
                  .bind("before", before)
                  .bind("most", 51)
                  .bind("limit", 50)
                  .bind("room", MUCH)
                  .mapTo(String.class)
                  .list();
          return String.join("\n", lines);
        });
  }

  @Test
  void theIndexFindsThePushesThatContainAnObject() {
    assertThat(plan("{\"station\": 7}", Long.MAX_VALUE))
        .contains("Bitmap Index Scan on payload_content")
        .doesNotContain("Seq Scan on payload");
    assertThat(plan("{\"station\": 7}", PUSHES / 2))
        .contains("Bitmap Index Scan on payload_content");
  }

  @Test
  void theNewestOfAllAreReadByTheirNumber() {
    assertThat(plan(null, Long.MAX_VALUE))
        .contains("Index Scan Backward using payload_pkey")
        .doesNotContain("Seq Scan on payload");
  }

  @Test
  void aPageHasTheNewestFirst() {
    Page page = read("{\"station\": 7}", Long.MAX_VALUE, 15, MUCH);
    assertThat(page.pushes())
        .hasSize(15)
        .isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
    assertThat(page.more()).isTrue();
    Page last = read("{\"station\": 7}", page.pushes().get(14).id(), 15, MUCH);
    assertThat(last.pushes()).hasSize(5);
    assertThat(last.more()).isFalse();
  }

  @Test
  void aPageEndsWhereItsRoomEnds() {
    Page page = read(null, Long.MAX_VALUE, 50, 250);
    assertThat(page.pushes()).hasSize(2);
    assertThat(page.more()).isTrue();
    assertThat(read(null, Long.MAX_VALUE, 50, 1).pushes()).hasSize(1);
    Page first = read(null, 2, 50, 1);
    assertThat(first.pushes()).extracting(Push::id).containsExactly(1L);
    assertThat(first.more()).isFalse();
  }

  @Test
  void aPageOfNothingIsEmpty() {
    assertThat(read("{\"station\": -1}", Long.MAX_VALUE, 50, MUCH))
        .isEqualTo(new Page(List.of(), false));
  }
}
