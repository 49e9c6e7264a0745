package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.item.Item;
import io.refdata.domain.load.Load;
import io.refdata.domain.load.Load.Rows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The items that loads of observations make, because the layout says so. */
@SuppressWarnings("NullAway.Init")
class CreatedByLoadsIT {
  private static final String BY_NAME =
      "{\"column\": \"%s\", \"match\": \"name\", \"create\": true}";

  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new Pipeline(database.dataSource(), directory);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static String layout(Dataset into, String... dimensions) {
    StringBuilder sources = new StringBuilder();
    for (String dimension : dimensions) {
      sources
          .append(sources.isEmpty() ? "" : ", ")
          .append("\"%s\": ".formatted(dimension))
          .append(BY_NAME.formatted(dimension));
    }
    return "{\"into\": \"datasets/%s\", \"time\": {\"column\": \"time\"}, \"value\": {\"column\": \"value\"}, \"dimensions\": {%s}}"
        .formatted(into.code(), sources);
  }

  private static List<String> names(String condition) {
    return pipeline
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select name from ref.organization where " + condition + " order by 1")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void twoDimensionsOfOneCollectionMakeTwoItemsOfTwoNames() {
    Dataset into =
        pipeline.dataset(
            "TRADE",
            Frequency.A,
            Interval.DECADE,
            "reporter=organizations",
            "partner=organizations");
    String file =
        """
        reporter,partner,time,value
        "Korea, Rep.",Korea Rep,2020,1
        Korea Rep,"Korea, Rep.",2020,2
        """;
    Load load = pipeline.load(into, layout(into, "reporter", "partner"), "UPSERT", file);
    assertThat(load.rows()).isEqualTo(new Rows(2, 2, 0, 0, 0, 0, 0, 0));
    assertThat(names("name like 'Korea%'")).containsExactly("Korea Rep", "Korea, Rep.");
    assertThat(pipeline.load(into, layout(into, "reporter", "partner"), "UPSERT", file).rows())
        .isEqualTo(new Rows(2, 0, 0, 2, 0, 0, 0, 0));
  }

  @Test
  void aRejectedLineMakesNothing() {
    Dataset into = pipeline.dataset("MAKERS", Frequency.A, Interval.DECADE, "maker=organizations");
    String longest = "x".repeat(Item.LONGEST_NAME);
    Load load =
        pipeline.load(
            into,
            layout(into, "maker"),
            "REPLACE",
            "maker,time,value\nMade,2020,1\n%s,2020,1\nSource: IEA,,\nBad value,2020,no\n%sx,2020,1\n"
                .formatted(longest, longest));
    assertThat(pipeline.rejects(load))
        .containsExactlyInAnyOrder(
            "4 null MISSING_TIME", "5 value NOT_A_NUMBER", "6 null BAD_MAKER");
    assertThat(names("name not like 'Korea%'")).containsExactly("Made", longest);
  }
}
