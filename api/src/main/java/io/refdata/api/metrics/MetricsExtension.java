package io.refdata.api.metrics;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Puts {@link MetricsHandler} ahead of the cache, the limits and the servlets. */
public class MetricsExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(next -> new MetricsHandler(next, context));
  }
}
