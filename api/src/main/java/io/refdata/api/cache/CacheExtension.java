package io.refdata.api.cache;

import io.refdata.api.access.Caller;
import io.refdata.api.body.BodyHandler;
import io.refdata.api.client.DisconnectedClients;
import io.refdata.api.client.SlowReaders;
import io.refdata.api.client.WorkDone;
import io.refdata.api.share.Shares;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts the handlers of this module ahead of the servlets. A request passes the cache of responses,
 * the receiving of bodies, the shares of each kind of request, then the sending and compressing of
 * responses; and then the common reads are answered.
 */
public class CacheExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(
        servlets -> {
          HttpHandler answering = new DirectReads(servlets, context);
          HttpHandler sending = new SlowReaders(new StreamCoding(answering));
          HttpHandler limiting = new Shares(sending, Caller::origin);
          return new CachingHandler(new BodyHandler(limiting), context);
        });
    deployment.addInnerHandlerChainWrapper(work -> new DisconnectedClients(new WorkDone(work)));
  }
}
