package io.refdata.persistence.derivation;

import static io.refdata.persistence.derivation.RegionYears.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.observation.SeriesPages;
import io.refdata.persistence.observation.SeriesPages.Counted;
import io.refdata.persistence.observation.Vintages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Lists of series, and their vintages, of past states: they stay what they were, or are refused.
 */
@SuppressWarnings("NullAway.Init")
class PastSeriesIT {
  private static MigratedDatabase database;
  private static SeriesPages pages;
  private static Vintages vintages;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pages = new SeriesPages(Database.of(database.dataSource()));
    vintages = new Vintages(Database.of(database.dataSource()));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static String line(Counted one) {
    return one.series().key() + " " + one.count();
  }

  private static List<String> page(
      RegionYears years, SeriesSelection selection, @Nullable Integer revision) throws IOException {
    List<String> page =
        pages.page(years.dataset(), selection, revision, null, 100).series().stream()
            .map(PastSeriesIT::line)
            .toList();
    List<String> all = new ArrayList<>();
    pages.each(years.dataset(), selection, revision, one -> all.add(line(one)));
    assertThat(all).isEqualTo(page);
    return page;
  }

  @Test
  void countsThatRetentionHasChangedHaveNoDateAndNoPast() throws IOException {
    RegionYears years = new RegionYears(database, 81);
    int revision = years.push("FRA 2019-12 1", "FRA 2020-01 2", "DEU 2020-01 3");
    assertThat(pages.page(years.dataset(), of(), null, null, 10).retired()).isFalse();
    assertThat(page(years, of(), revision)).containsExactly("DEU 1", "FRA 2");
    int removal = years.retire("2020-01");
    assertThat(pages.page(years.dataset(), of(), null, null, 10).retired()).isTrue();
    List<String> given = new ArrayList<>();
    assertThatThrownBy(() -> pages.page(years.dataset(), of(), revision, null, 10))
        .isInstanceOf(RetiredObservations.class);
    assertThatThrownBy(
            () -> pages.each(years.dataset(), of(), revision, one -> given.add(line(one))))
        .isInstanceOf(RetiredObservations.class);
    assertThat(given).as("it is known before the first is given").isEmpty();
    assertThat(page(years, of("DEU"), revision)).containsExactly("DEU 1");
    assertThat(page(years, of(), removal)).containsExactly("DEU 1", "FRA 1");
    assertThatThrownBy(() -> vintages.of(years.dataset(), "FRA", revision))
        .isInstanceOf(RetiredObservations.class);
    assertThat(vintages.of(years.dataset(), "DEU", revision).orElseThrow()).hasSize(1);
    assertThat(vintages.of(years.dataset(), "FRA", null)).isPresent();
  }

  @Test
  void aSeriesThatCameLaterWasNotThere() throws IOException {
    RegionYears years = new RegionYears(database, 82);
    int revision = years.push("FRA 2020-01 1");
    int later = years.push("DEU 2020-01 1", "FRA 2020-02 1");
    assertThat(page(years, of(), revision)).containsExactly("FRA 1");
    assertThat(vintages.of(years.dataset(), "DEU", revision)).isEmpty();
    assertThat(vintages.of(years.dataset(), "DEU", later).orElseThrow()).hasSize(1);
  }
}
