package io.refdata.server;

import io.refdata.server.Health.Part;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.as.controller.AbstractAddStepHandler;
import org.jboss.as.controller.CapabilityServiceBuilder;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.dmr.ModelNode;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceName;
import org.wildfly.extension.undertow.ListenerService;
import org.wildfly.extension.undertow.UndertowService;

/** Adds the platform's services to WildFly when it starts. */
final class PlatformAdd extends AbstractAddStepHandler {
  /** The capability that an Agroal data source with the driver {@code refdata} requires. */
  @SuppressWarnings("rawtypes")
  static final RuntimeCapability<Void> DRIVER =
      RuntimeCapability.Builder.of(
              "org.wildfly.data-source.agroal-driver.refdata", false, Class.class)
          .build();

  private static final ServiceName LISTENER =
      ServiceName.parse("org.wildfly.undertow.listener.default");
  private static final ServiceName UNDERTOW = ServiceName.parse("org.wildfly.undertow");
  private static final ServiceName DOOR = ServiceName.of("refdata", "door");

  @Override
  protected void performRuntime(OperationContext context, ModelNode operation, ModelNode model) {
    Health health = Health.PLATFORM;
    health.down(Part.SCHEMA, "the application has not looked at it yet");
    health.down(Part.APPLICATION, "it has not started yet");
    health.down(Part.WARM_UP, "the first requests have not been answered yet");
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(health), "close the platform's door"));

    CapabilityServiceBuilder<?> driver = context.getCapabilityServiceTarget().addCapability(DRIVER);
    Consumer<Class<?>> provided = driver.provides(DRIVER.getCapabilityServiceName());
    driver.setInstance(new DriverService(provided, health)).install();

    ServiceBuilder<?> door = context.getServiceTarget().addService(DOOR);
    Supplier<ListenerService> listener = door.requires(LISTENER);
    Supplier<UndertowService> undertow = door.requires(UNDERTOW);
    door.setInstance(new DoorService(listener, undertow, health)).install();
  }

  /** Ends at once a server that still waits for its database, since it has no work to finish. */
  private static void stop(Health health) {
    health.stop();
    if (!DriverService.isProvided()) {
      Runtime.getRuntime().halt(0);
    }
  }
}
