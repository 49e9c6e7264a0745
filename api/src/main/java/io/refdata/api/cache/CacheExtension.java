package io.refdata.api.cache;

import io.refdata.api.body.BodyHandler;
import io.refdata.api.client.GoneClients;
import io.refdata.api.client.SlowReaders;
import io.refdata.api.client.StreamLimit;
import io.refdata.api.client.WorkDone;
import io.refdata.api.client.WriteLimit;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts the kept answers ahead of the servlets, and between the two what receives bodies, what lets
 * writes and streams wait, and what sends and compresses answers.
 */
public class CacheExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(
        servlets -> {
          HttpHandler answering = new SlowReaders(new StreamCoding(servlets));
          HttpHandler waiting = new WriteLimit(new StreamLimit(answering));
          return new CachingHandler(new BodyHandler(waiting), context);
        });
    deployment.addInnerHandlerChainWrapper(work -> new GoneClients(new WorkDone(work)));
  }
}
