package io.refdata.perf.claims;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.EmissionSource;
import io.refdata.domain.catalogue.Facility;
import io.refdata.domain.item.Item;
import io.refdata.perf.gate.Claim;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.sql.Statements;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compares reading 50 facilities with all items that they refer to, as the platform does, with
 * loading the same through lazy associations, one by one.
 */
final class FetchClaims {
  private static final String SYSTEM = "sustainability platform";
  private static final int RECORDS = 50;
  private static final ItemList PAGE =
      new ItemList(
          Catalogue.FACILITIES,
          null,
          List.of(),
          List.of(),
          null,
          RECORDS,
          Set.of("region", "organization", "emissionSources"),
          null);

  private final DataSource source;

  FetchClaims(DataSource source) {
    this.source = source;
  }

  List<Claim> measure() throws Exception {
    try (Side platform = Side.platform(source);
        Side other = Side.platform(source);
        SessionFactory lazy = lazy(other.dataSource())) {
      int statements = statements(() -> rows(platform));
      int lazyStatements = statements(() -> entities(lazy));
      double[] millis = Turns.medianMillis(() -> rows(platform), () -> entities(lazy));
      return claims(statements, lazyStatements, millis);
    }
  }

  private static List<Claim> claims(int statements, int lazyStatements, double... millis) {
    String how =
        "50 facilities with region, operator, the regions and operators above these, and emission"
            + " sources: the platform's own class against the platform's entities with lazy"
            + " associations, no batches and no caches; ";
    String counted = how + "what each sends is counted.";
    String platform = statements + (statements == 1 ? " statement" : " statements");
    String other = lazyStatements + " statements";
    return List.of(
        new Claim(
            "fetch.statements",
            SYSTEM,
            "50 records with what they refer to: statements",
            4,
            statements,
            "statements",
            false,
            platform,
            other,
            counted),
        new Claim(
            "fetch.fewer",
            SYSTEM,
            "50 records with what they refer to: fewer statements",
            97,
            Figures.percentLess(statements, lazyStatements),
            "%",
            true,
            platform,
            other,
            counted),
        new Claim(
            "fetch.time",
            SYSTEM,
            "50 records with what they refer to: time",
            96,
            Figures.percentLess(millis[0], millis[1]),
            "%",
            true,
            Figures.millis(millis[0]),
            Figures.millis(millis[1]),
            how + "both in one JVM, one connection each, by turns, medians."));
  }

  private static SessionFactory lazy(DataSource connection) {
    return Persistence.createEntityManagerFactory(
            "refdata",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", connection,
                "jakarta.persistence.validation.mode", "none",
                "hibernate.integration.envers.enabled", "false",
                "hibernate.default_batch_fetch_size", "1",
                "hibernate.cache.use_second_level_cache", "false",
                "hibernate.cache.use_query_cache", "false"))
        .unwrap(SessionFactory.class);
  }

  private static int statements(Turns.Work work) throws Exception {
    Statements counted = Statements.begin();
    try {
      work.run();
      return counted.count();
    } finally {
      Statements.end();
    }
  }

  private static void rows(Side side) {
    check(new ItemRows(side.jdbi()).page(PAGE).items().size());
  }

  private static void entities(SessionFactory factory) {
    try (Session session = factory.openSession()) {
      List<Facility> facilities =
          session
              .createSelectionQuery("from Facility f order by f.code", Facility.class)
              .setMaxResults(RECORDS)
              .getResultList();
      for (Facility facility : facilities) {
        var region = facility.region();
        var organization = facility.organization();
        name(region);
        name(region == null ? null : region.parent());
        name(organization);
        name(organization == null ? null : organization.region());
        name(organization == null ? null : organization.parent());
        session
            .createSelectionQuery(
                "from EmissionSource s where s.facility = :facility", EmissionSource.class)
            .setParameter("facility", facility)
            .getResultList()
            .forEach(FetchClaims::name);
      }
      check(facilities.size());
    }
  }

  /** Reads the name of an item, which fetches it if it is lazy. */
  private static void name(@Nullable Item item) {
    if (item != null && item.name().isEmpty()) {
      throw new IllegalStateException(item + " has no name");
    }
  }

  private static void check(int records) {
    if (records != RECORDS) {
      throw new IllegalStateException(records + " records");
    }
  }
}
