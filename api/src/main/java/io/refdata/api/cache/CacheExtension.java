package io.refdata.api.cache;

import io.refdata.api.problem.BareErrors;
import io.refdata.api.request.WriteLimit;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts the kept answers ahead of the servlets, and between the two what lets writes wait and what
 * compresses answers that are streamed.
 */
public class CacheExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(
        servlets ->
            new BareErrors(
                new CachingHandler(new WriteLimit(new StreamCoding(servlets)), context)));
  }
}
