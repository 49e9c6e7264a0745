package io.refdata.persistence.statistics;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;

/** A database of its own with a pool, for the tests of this package. */
final class StatisticsDatabase implements AutoCloseable {
  static final int MAX = 8;

  final MigratedDatabase database = MigratedDatabase.create();
  final AgroalDataSource pool;
  final Jdbi jdbi;

  StatisticsDatabase() throws SQLException {
    pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled()
                .connectionPoolConfiguration(
                    of ->
                        of.maxSize(MAX)
                            .connectionFactoryConfiguration(
                                to ->
                                    to.jdbcUrl(database.url())
                                        .principal(new NamePrincipal(database.user()))
                                        .credential(new SimplePassword(database.password()))
                                        .jdbcProperty("ApplicationName", "refdata"))));
    jdbi = Database.of(pool);
  }

  /** A connection past the pool. */
  Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }

  @Override
  public void close() {
    pool.close();
    database.close();
  }
}
