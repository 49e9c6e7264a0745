package io.refdata.perf.claims;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.value.Code;
import io.refdata.perf.gate.Claim;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.query.ItemRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Compares the pool with opening a connection for each request. */
final class PoolClaims {
  private static final int THREADS = 8;
  private static final int TURNS = 3;
  private static final Duration WARM_UP = Duration.ofMillis(400);
  private static final Duration TURN = Duration.ofMillis(600);

  private final DataSource source;

  PoolClaims(DataSource source) {
    this.source = source;
  }

  List<Claim> measure() throws Exception {
    double[] pooled = new double[TURNS];
    double[] opened = new double[TURNS];
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (AgroalDataSource pool = pool()) {
      rate(threads, pool, WARM_UP);
      rate(threads, source, WARM_UP);
      for (int turn = 0; turn < TURNS; turn++) {
        pooled[turn] = rate(threads, pool, TURN);
        opened[turn] = rate(threads, source, TURN);
      }
    } finally {
      threads.shutdownNow();
    }
    double platform = Turns.median(pooled);
    double other = Turns.median(opened);
    return List.of(
        new Claim(
            "pool.throughput",
            "sustainability platform",
            "Pool: throughput",
            76,
            Figures.percentMore(platform, other),
            "%",
            true,
            Figures.format("%.0f requests/s", platform),
            Figures.format("%.0f requests/s", other),
            "8 threads read single facilities by the platform's own class as fast as they can, from"
                + " the server's kind of pool (5 to 20 connections) and with a connection opened"
                + " for each; three turns of 0.6 s, medians."));
  }

  /** A pool with the settings of the server's pool. */
  private AgroalDataSource pool() throws SQLException {
    PGSimpleDataSource database = source.unwrap(PGSimpleDataSource.class);
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.minSize(5)
                        .initialSize(5)
                        .maxSize(20)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .connectionFactoryConfiguration(
                            factory ->
                                factory
                                    .jdbcUrl(database.getURL())
                                    .principal(new NamePrincipal(database.getUser()))
                                    .credential(new SimplePassword(database.getPassword())))));
  }

  /** Requests per second of all threads together. */
  private static double rate(ExecutorService threads, DataSource connections, Duration time)
      throws Exception {
    ItemRows rows = new ItemRows(Database.of(connections));
    long start = System.nanoTime();
    Callable<Integer> client =
        () -> {
          int requests = 0;
          while (System.nanoTime() - start < time.toNanos()) {
            Code code = new Code("PLANT_" + requests % 1_000);
            Address address = new Address(Catalogue.FACILITIES, null, code);
            if (rows.page(ItemList.of(address, Set.of(), null)).items().size() != 1) {
              throw new IllegalStateException(code + " does not exist");
            }
            requests++;
          }
          return requests;
        };
    List<Future<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      clients.add(threads.submit(client));
    }
    int requests = 0;
    for (Future<Integer> counted : clients) {
      requests += counted.get();
    }
    return requests / ((System.nanoTime() - start) / 1e9);
  }
}
