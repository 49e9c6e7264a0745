package io.refdata.server;

import io.agroal.api.AgroalDataSource;
import io.refdata.server.Health.Part;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.as.controller.AbstractAddStepHandler;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.dmr.ModelNode;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceName;
import org.wildfly.extension.datasources.agroal.DataSourceService;
import org.wildfly.extension.undertow.ListenerService;
import org.wildfly.extension.undertow.UndertowService;

/** Adds the platform's services to WildFly when it starts. */
final class PlatformAdd extends AbstractAddStepHandler {
  /** The data source, under the name by which the batch runtime requires it. */
  static final RuntimeCapability<Void> DATA_SOURCE =
      RuntimeCapability.Builder.of("org.wildfly.data-source.refdata", false, AgroalDataSource.class)
          .build();

  private static final String JNDI_NAME = "java:jboss/datasources/refdata";
  private static final ServiceName DRIVER = ServiceName.of("refdata", "driver");
  private static final ServiceName TRANSACTIONS =
      ServiceName.parse("org.wildfly.transactions.transaction-synchronization-registry");
  private static final ServiceName LISTENER =
      ServiceName.parse("org.wildfly.undertow.listener.default");
  private static final ServiceName UNDERTOW = ServiceName.parse("org.wildfly.undertow");
  private static final ServiceName ACTIVITIES =
      ServiceName.parse("org.wildfly.server.suspend-controller");
  private static final ServiceName DOOR = ServiceName.of("refdata", "door");

  @Override
  protected void performRuntime(OperationContext context, ModelNode operation, ModelNode model) {
    Health health = Health.PLATFORM;
    health.down(Part.SCHEMA, "the application has not looked at it yet");
    health.down(Part.APPLICATION, "it has not started yet");
    health.down(Part.WARM_UP, "the first requests have not been answered yet");
    Leaving leaving = new Leaving(health);
    Runtime.getRuntime().addShutdownHook(new Thread(leaving, "close the platform's door"));

    ServiceBuilder<?> driver = context.getServiceTarget().addService(DRIVER);
    Consumer<Class<?>> provided = driver.provides(DRIVER);
    driver.setInstance(new DriverService(provided, health)).install();
    addDataSource(context);

    ServiceBuilder<?> door = context.getServiceTarget().addService(DOOR);
    Supplier<ListenerService> listener = door.requires(LISTENER);
    Supplier<UndertowService> undertow = door.requires(UNDERTOW);
    Supplier<SuspendableActivityRegistry> activities = door.requires(ACTIVITIES);
    door.setInstance(new DoorService(listener, undertow, activities, leaving, health)).install();
  }

  /** Adds the data source, which starts when the database has answered. */
  @SuppressWarnings("rawtypes")
  private static void addDataSource(OperationContext context) {
    ServiceBuilder<?> pool = context.getCapabilityServiceTarget().addCapability(DATA_SOURCE);
    Consumer<AgroalDataSource> provided = pool.provides(DATA_SOURCE.getCapabilityServiceName());
    Supplier<Class> driver = pool.requires(DRIVER);
    Supplier<TransactionSynchronizationRegistry> transactions = pool.requires(TRANSACTIONS);
    boolean inTransactions = true;
    boolean lastResource = false;
    boolean xa = false;
    pool.setInstance(
            new DataSourceService(
                provided,
                driver,
                null,
                null,
                transactions,
                "refdata",
                JNDI_NAME,
                inTransactions,
                lastResource,
                xa,
                Pool.configuration()))
        .install();
  }
}
