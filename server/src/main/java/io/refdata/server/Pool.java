package io.refdata.server;

import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.refdata.settings.Setting;
import java.time.Duration;

/**
 * The configuration of the pool of connections: it has {@code refdata.pool.min} connections, opens
 * more as they are needed up to {@code refdata.pool.max}, and closes those that nobody needed for
 * {@code refdata.pool.idle-removal}.
 *
 * <p>A connection that was idle for longer than {@code refdata.pool.idle-validation} is asked
 * whether it is alive before it is given out, and replaced if it is not. The subsystem of WildFly
 * for Agroal cannot say this, so the platform's own configures the pool.
 */
public final class Pool {
  private static final int VALIDATION_SECONDS = 5;

  private Pool() {}

  /** The configuration by the settings of now. */
  public static AgroalDataSourceConfigurationSupplier configuration() {
    return new AgroalDataSourceConfigurationSupplier()
        .metricsEnabled()
        .connectionPoolConfiguration(Pool::configure);
  }

  private static AgroalConnectionPoolConfigurationSupplier configure(
      AgroalConnectionPoolConfigurationSupplier pool) {
    int least = (int) Setting.POOL_MIN.number();
    return pool.minSize(least)
        .initialSize(least)
        .maxSize((int) Setting.POOL_MAX.number())
        .acquisitionTimeout(milliseconds(Setting.POOL_BLOCKING_TIMEOUT))
        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATION_SECONDS))
        .idleValidationTimeout(milliseconds(Setting.POOL_IDLE_VALIDATION))
        .validationTimeout(milliseconds(Setting.POOL_VALIDATION))
        .leakTimeout(milliseconds(Setting.POOL_LEAK_DETECTION))
        .reapTimeout(Setting.POOL_IDLE_REMOVAL.time())
        .connectionFactoryConfiguration(Pool::connect);
  }

  private static AgroalConnectionFactoryConfigurationSupplier connect(
      AgroalConnectionFactoryConfigurationSupplier to) {
    return to.jdbcUrl(Setting.DB_URL.text())
        .principal(new NamePrincipal(Setting.DB_USER.text()))
        .credential(new SimplePassword(Setting.DB_PASSWORD.text()))
        .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED)
        .jdbcProperty("ApplicationName", "refdata")
        .jdbcProperty("options", timeouts())
        .jdbcProperty("tcpKeepAlive", "true")
        .jdbcProperty("reWriteBatchedInserts", "true")
        // None unless it is set: a COPY or a MERGE may be silent for longer than any bound that
        // would help.
        .jdbcProperty("socketTimeout", Long.toString(Setting.DB_SOCKET_TIMEOUT.number()));
  }

  /**
   * The timeouts after which PostgreSQL ends statements, waits for locks and idle transactions;
   * whoever needs other bounds sets them in the transaction.
   */
  private static String timeouts() {
    return "-c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=%d"
        .formatted(
            Setting.DB_STATEMENT_TIMEOUT.time().toMillis(),
            Setting.DB_LOCK_TIMEOUT.time().toMillis(),
            Setting.DB_IDLE_TIMEOUT.time().toMillis());
  }

  private static Duration milliseconds(Setting setting) {
    return Duration.ofMillis(setting.number());
  }
}
