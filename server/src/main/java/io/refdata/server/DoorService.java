package io.refdata.server;

import io.refdata.server.Health.Part;
import io.refdata.settings.Setting;
import io.undertow.server.OpenListener;
import io.undertow.servlet.api.Deployment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.as.server.suspend.SuspendableActivityRegistry.SuspendPriority;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.jspecify.annotations.Nullable;
import org.wildfly.extension.undertow.Host;
import org.wildfly.extension.undertow.ListenerService;
import org.wildfly.extension.undertow.UndertowEventListener;
import org.wildfly.extension.undertow.UndertowService;

/**
 * Puts the {@link Door} in front of WildFly's own handlers, and only then opens the port; the
 * listener's configuration does not open it. The door stays until the listener is closed, which
 * happens after this service has stopped.
 */
final class DoorService implements Service, UndertowEventListener {
  private final Supplier<ListenerService> listener;
  private final Supplier<UndertowService> undertow;
  private final Supplier<SuspendableActivityRegistry> activities;
  private final Leaving leaving;
  private final Health health;
  private final AtomicBoolean warmUpBegun = new AtomicBoolean();
  private @Nullable TlsPort tls;

  DoorService(
      Supplier<ListenerService> listener,
      Supplier<UndertowService> undertow,
      Supplier<SuspendableActivityRegistry> activities,
      Leaving leaving,
      Health health) {
    this.listener = listener;
    this.undertow = undertow;
    this.activities = activities;
    this.leaving = leaving;
    this.health = health;
  }

  @Override
  public void start(StartContext context) {
    InetSocketAddress address = listener.get().getSocketBinding().getSocketAddress();
    ExposureCheck.fault(address.getAddress()).ifPresent(End::because);
    undertow.get().registerListener(this);
    activities.get().registerActivity(leaving, SuspendPriority.FIRST);
    OpenListener open = listener.get().getOpenListener();
    Door door = new Door(open.getRootHandler(), health);
    open.setRootHandler(door);
    try {
      listener.get().setEnabled(true);
    } catch (RuntimeException e) {
      End.because(
          "the port refdata.http.port=%s cannot be opened: %s"
              .formatted(Setting.HTTP_PORT.text(), e.getMessage()));
    }
    if (Setting.HTTPS_PORT.number() > 0) {
      openTls(open, door);
    }
  }

  private void openTls(OpenListener open, Door door) {
    try {
      tls =
          TlsPort.open(
              listener.get().getWorker().get(),
              listener.get().getSocketBinding().getAddress(),
              open,
              door);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      End.because(
          "the port refdata.https.port=%s cannot be opened: %s"
              .formatted(Setting.HTTPS_PORT.text(), e));
    }
  }

  @Override
  public void stop(StopContext context) {
    undertow.get().unregisterListener(this);
    activities.get().unregisterActivity(leaving);
    if (tls != null) {
      tls.close();
      tls = null;
    }
  }

  /** Called when requests already reach the application. */
  @Override
  public void onDeploymentStart(Deployment deployment, Host host) {
    health.up(Part.APPLICATION);
    if (warmUpBegun.compareAndSet(false, true)) {
      InetSocketAddress address = listener.get().getSocketBinding().getSocketAddress();
      OwnAddress.set(address);
      WarmUp warmUp = new WarmUp(address, health);
      Thread thread = new Thread(warmUp, "warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Called while requests still reach the application. */
  @Override
  public void onDeploymentStop(Deployment deployment, Host host) {
    health.down(Part.APPLICATION, "it has been taken away");
  }
}
