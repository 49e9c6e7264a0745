package io.refdata.api.console;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts {@link ConsoleHandler} ahead of access: a page is the same for all, and shows nothing by
 * itself.
 */
public class ConsoleExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    ConsoleFiles files = ConsoleFiles.of(context);
    deployment.addInitialHandlerChainWrapper(next -> new ConsoleHandler(next, files));
  }
}
