package io.refdata.persistence.recovery;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.Region;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.SeriesCache;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushes;
import io.refdata.persistence.revision.Revisions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.envers.AuditReaderFactory;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads and writes regions and the observations of one dataset, as the platform does. */
final class RecordedStates {
  private static final int DATASET = 7;
  private static final int MOST_ITEMS = 1000;

  private static final String CREATE =
      """
      insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
      overriding system value values (7, 'RECOVERED', 'Recovered', 'A', '{region}', '{regions}', 'DECADE');
      select curated.attach_dataset(7);
      """;

  private final EmbeddedDatabase database;
  private final Jdbi jdbi;
  private final Versions versions = new Versions();
  private final Dataset dataset = dataset();

  RecordedStates(EmbeddedDatabase database) {
    this.database = database;
    this.jdbi = Database.of(database.dataSource());
  }

  /**
   * All regions and all observations.
   *
   * @param observations each with its series, time, value and status
   */
  record State(List<ItemView> regions, List<String> observations) {}

  void createDataset() {
    jdbi.useHandle(handle -> handle.execute(CREATE));
  }

  /** The state at an instant; the current one if it is null. */
  State state(@Nullable Instant at) throws IOException {
    Integer references = at == null ? null : revision(Revision.REFERENCE_DATA, at);
    ItemList regions =
        new ItemList(
            Catalogue.REGIONS,
            null,
            List.of(),
            List.of(),
            null,
            MOST_ITEMS,
            Set.of(),
            references == null ? null : new Past(references));
    List<String> observations = new ArrayList<>();
    new Observations(jdbi, new SeriesCache(versions))
        .read(
            dataset,
            new SeriesSelection(List.of(), List.of(), references),
            new Range(null, null, null, at == null ? null : revision(DATASET, at), null, null, 0),
            (series, rows) -> {
              while (rows.next()) {
                observations.add(
                    "%s %s %s %s"
                        .formatted(
                            rows.series().key(),
                            Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS),
                            rows.value(),
                            rows.status()));
              }
            });
    return new State(new ItemRows(jdbi).page(regions).items(), observations);
  }

  private int revision(int topic, Instant at) {
    return new Revisions(jdbi).asOf(topic, at).orElseThrow();
  }

  /** So that the numbers of revisions that are gone are not given again. */
  void leaveGap() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "select setval('ref.revision_rev_seq', last_value + 100000)"
                    + " from ref.revision_rev_seq"));
  }

  /**
   * Pushes the same value for France in two years, one in each of two partitions.
   *
   * @return the revision
   */
  int push(double value) {
    Pushed pushed =
        new Pushes(jdbi, new ItemCaches(), versions)
            .push(
                dataset,
                List.of(
                    new Pushed.Row(
                        1,
                        "FRA",
                        List.of("FRA"),
                        Instant.parse("2009-01-01T00:00:00Z"),
                        value,
                        'A'),
                    new Pushed.Row(
                        2,
                        "FRA",
                        List.of("FRA"),
                        Instant.parse("2017-01-01T00:00:00Z"),
                        value,
                        'A')),
                "[]",
                List.of(),
                new Author("test", null));
    return Objects.requireNonNull(pushed.revision());
  }

  /** Changes the name of France, and creates a region of that name. */
  void rename(String name) {
    try (EntityManagerFactory factory =
            Persistence.createEntityManagerFactory(
                "refdata",
                Map.of(
                    "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                    "jakarta.persistence.nonJtaDataSource", database.dataSource(),
                    "hibernate.cache.use_second_level_cache", "false",
                    "hibernate.cache.use_query_cache", "false"));
        EntityManager entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      AuditReaderFactory.get(entities)
          .getCurrentRevision(Revision.class, false)
          .signedBy(new Author("test", null));
      Region france =
          entities
              .createQuery("from Region where code = :code", Region.class)
              .setParameter("code", new Code("FRA"))
              .getSingleResult();
      Catalogue.REGIONS.name().set(france, name);
      entities.persist(new Region(new Code(name), name, new Code("GROUP")));
      entities.getTransaction().commit();
    }
  }

  private static Dataset dataset() {
    Dataset dataset =
        new Dataset(
            new Code("RECOVERED"),
            "Recovered",
            new Dataset.Details(
                null,
                null,
                Frequency.A,
                List.of(new Dimension(new Code("region"), "regions")),
                new Partitioning(Interval.DECADE, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(DATASET, 0);
    return dataset;
  }
}
