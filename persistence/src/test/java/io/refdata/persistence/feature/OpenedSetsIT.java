package io.refdata.persistence.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.ValueFunction;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.EnrichmentDefinition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The definitions that are read of a version, and the mark that it was read. */
@SuppressWarnings("NullAway.Init")
class OpenedSetsIT {
  private static WrittenSeries written;
  private static OpenedSets sets;

  @BeforeAll
  static void start() {
    written = new WrittenSeries();
    written.dataset("OPENED");
    sets = new OpenedSets(written.jdbi());
  }

  @AfterAll
  static void stop() {
    written.close();
  }

  /** Writes a version as Hibernate and Envers do; a lag of null deletes the set. */
  private static Instant write(String code, int number, @Nullable Integer lag) {
    int revision =
        written
            .jdbi()
            .inTransaction(
                handle -> {
                  int opened =
                      handle
                          .createQuery("select ref.open_revision(0, 'test', null)")
                          .mapTo(Integer.class)
                          .one();
                  write(handle, opened, code, number, lag);
                  return opened;
                });
    return written
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select at from ref.revision where rev = :rev")
                    .bind("rev", revision)
                    .mapTo(OffsetDateTime.class)
                    .one()
                    .toInstant());
  }

  private static void write(
      Handle handle, int revision, String code, int number, @Nullable Integer lag) {
    String definition =
        """
        {"kind": "FORECASTING", "dataset": "OPENED", "entity": "facility", "features": [{"lag": %d}],
         "target": {"indicator": "a"}}
        """
            .formatted(lag);
    if (lag == null) {
      handle.execute("delete from curated.feature_set where code = ?", code);
    } else {
      handle.execute(
          """
          insert into curated.feature_set (code, name, number, definition) values (?, 'Name', ?, ?)
          on conflict (code) do update set number = excluded.number, definition = excluded.definition
          """,
          code,
          number,
          definition);
    }
    handle.execute(
        """
        insert into curated.feature_set_aud (id, rev, revtype, code, name, number, definition)
        values (?, ?, ?, ?, 'Name', ?, ?)
        """,
        code.hashCode(),
        revision,
        lag == null ? 2 : 1,
        code,
        number,
        lag == null ? "{}" : definition);
  }

  private static int lag(String code, @Nullable Integer number, @Nullable Instant asOf) {
    OpenedSet set = (OpenedSet) sets.open(new Code(code), number, asOf).orElseThrow();
    ValueFunction function =
        set.plan().definition().ofSeries().findFirst().orElseThrow().function();
    return ((ValueFunction.Lag) function).lag();
  }

  private static List<Integer> read(String code) {
    return written
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select number from curated.feature_set_read where code = :code order by 1")
                    .bind("code", code)
                    .mapTo(Integer.class)
                    .list());
  }

  @Test
  void aVersionIsMarkedWhenItIsRead() {
    write("marked", 1, 1);
    assertThat(read("marked")).isEmpty();
    assertThat(lag("marked", null, null)).isEqualTo(1);
    assertThat(read("marked")).containsExactly(1);
    write("marked", 2, 2);
    write("marked", 3, 3);
    assertThat(lag("marked", null, null)).isEqualTo(3);
    assertThat(lag("marked", 2, null)).as("an earlier one").isEqualTo(2);
    assertThat(read("marked")).containsExactly(1, 2, 3);
  }

  @Test
  void aVersionOfADeletedSetIsMarkedWhenItIsRead() {
    Instant first = write("deleted", 3, 3);
    write("deleted", 3, null);
    assertThat(lag("deleted", null, first)).isEqualTo(3);
    assertThat(read("deleted")).containsExactly(3);
    write("lowered", 3, 3);
    write("lowered", 3, null);
    write("lowered", 1, 1);
    assertThat(lag("lowered", 3, null)).as("a higher one").isEqualTo(3);
    assertThat(read("lowered")).containsExactly(3);
    assertThat(lag("lowered", null, null)).isEqualTo(1);
    assertThat(read("lowered")).containsExactly(1, 3);
  }

  @Test
  void whatAVersionWasBeforeIsNotMarked() {
    Instant first = write("redefined", 1, 1);
    Instant second = write("redefined", 2, 2);
    write("redefined", 2, null);
    write("redefined", 1, 5);
    assertThat(lag("redefined", null, first)).isEqualTo(1);
    assertThat(lag("redefined", 1, second)).isEqualTo(1);
    assertThat(read("redefined")).isEmpty();
    assertThat(lag("redefined", null, null)).isEqualTo(5);
    assertThat(read("redefined")).containsExactly(1);
  }

  @Test
  void aWriterOfTheVersionIsWaitedFor() throws Exception {
    write("awaited", 3, 3);
    write("awaited", 3, null);
    write("awaited", 1, 1);
    try (Handle writer = written.jdbi().open()) {
      writer.begin();
      int revision =
          writer
              .createQuery("select ref.open_revision(0, 'test', null)")
              .mapTo(Integer.class)
              .one();
      write(writer, revision, "awaited", 3, 7);
      CompletableFuture<Integer> lag = CompletableFuture.supplyAsync(() -> lag("awaited", 3, null));
      assertThatThrownBy(() -> lag.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      writer.commit();
      assertThat(lag.get(30, TimeUnit.SECONDS)).isEqualTo(7);
    }
    assertThat(read("awaited")).containsExactly(3);
  }

  @Test
  void aPastInstantHasTheVersionOfThen() {
    Instant first = write("past", 1, 1);
    Instant second = write("past", 1, 5);
    Instant third = write("past", 2, 2);
    Instant gone = write("past", 2, null);
    assertThat(lag("past", null, first)).isEqualTo(1);
    assertThat(lag("past", null, second)).isEqualTo(5);
    assertThat(lag("past", 1, third)).as("as it was last").isEqualTo(5);
    assertThat(lag("past", null, third)).isEqualTo(2);
    assertThatThrownBy(() -> lag("past", null, gone)).isInstanceOf(NoSuchItem.class);
    assertThatThrownBy(() -> lag("past", null, null)).isInstanceOf(NoSuchItem.class);
    assertThatThrownBy(() -> lag("past", 2, second)).isInstanceOf(NoSuchItem.class);
    assertThatThrownBy(() -> lag("past", null, first.minusSeconds(60)))
        .isInstanceOf(NoSuchItem.class);
  }

  @Test
  void anInstantThatIsNotPastHasNoAnswer() {
    write("future", 1, 1);
    assertThat(sets.open(new Code("future"), null, Instant.now().plusSeconds(3_600))).isEmpty();
  }

  @Test
  void whatIsSettledIsNotLaterThanNow() {
    write("settled", 1, 1);
    Instant before = Instant.now().minusSeconds(1);
    OpenedSet set = (OpenedSet) sets.open(new Code("settled"), null, null).orElseThrow();
    assertThat(set.settled()).isBetween(before, Instant.now());
    assertThat(set.references()).isPositive();
    assertThat(Objects.requireNonNull(set.plan().type()).collection()).isEqualTo("facilities");
  }

  @Test
  void theDatasetsThatHadTheCodeBeforeAreKnown() {
    write("replacing", 1, 1);
    assertThat(main("replacing").predecessors()).isEmpty();
    written
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into curated.dataset_aud (id, rev, revtype, revend, code)
                    values (-1, 3, 0, 5, 'OPENED'), (-1, 5, 1, 9, 'OPENED'), (-1, 9, 2, null, 'OPENED'),
                           (-2, 14, 0, 20, 'OPENED'), (-2, 20, 2, null, 'OPENED'), (-3, 9, 0, 14, 'OTHER'),
                           ((select id from curated.dataset where code = 'OPENED'), 30, 0, null, 'OPENED')
                    """));
    FeatureDataset dataset = main("replacing");
    assertThat(IntStream.range(0, 40).filter(dataset::hadPredecessor))
        .containsExactly(3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19);
  }

  private static FeatureDataset main(String code) {
    return ((OpenedSet) sets.open(new Code(code), null, null).orElseThrow()).plan().main();
  }

  @Test
  void aSetAboutPlacesNeedsNoDataset() {
    write("places", 1, 1);
    String definition = "{\"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 20, \"fuels\": [\"GAS\"]}";
    written
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "update curated.feature_set set definition = ? where code = 'places'",
                  definition);
              handle.execute(
                  "update curated.feature_set_aud set definition = ? where code = 'places'",
                  definition);
            });
    OpenedEnrichment set =
        (OpenedEnrichment) sets.open(new Code("places"), null, null).orElseThrow();
    assertThat(set.definition())
        .isEqualTo(new EnrichmentDefinition(new Reach(20, 50, 50), List.of("GAS")));
  }
}
