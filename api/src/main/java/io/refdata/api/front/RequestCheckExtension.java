package io.refdata.api.front;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts {@link RequestCheck} ahead of all other handlers. For this it must be the last extension in
 * the list of services.
 */
public class RequestCheckExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(next -> new RequestCheck(CrossOrigins.ahead(next)));
  }
}
