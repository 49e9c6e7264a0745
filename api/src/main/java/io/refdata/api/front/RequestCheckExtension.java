package io.refdata.api.front;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts {@link RequestCheck} ahead of all else; so it has to be the last extension that is named.
 */
public class RequestCheckExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(RequestCheck::new);
  }
}
