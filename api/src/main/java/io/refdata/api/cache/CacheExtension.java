package io.refdata.api.cache;

import io.refdata.api.answer.Gzip;
import io.refdata.api.problem.BareErrors;
import io.refdata.api.request.WriteLimit;
import io.undertow.predicate.Predicate;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts the kept answers ahead of the servlets, and between the two what lets writes wait and what
 * compresses answers that are streamed.
 */
public class CacheExtension implements ServletExtension {
  private static final int PRIORITY = 50;

  /** Of a length that is known and small, or none, there is nothing to gain. */
  private static final Predicate WORTH =
      exchange -> {
        long length = exchange.getResponseContentLength();
        return length < 0 || length >= Gzip.WORTH;
      };

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    ContentEncodingRepository encodings =
        new ContentEncodingRepository()
            .addEncodingHandler("gzip", new GzipEncodingProvider(), PRIORITY, WORTH);
    deployment.addInitialHandlerChainWrapper(
        servlets ->
            new BareErrors(
                new CachingHandler(
                    new WriteLimit(new EncodingHandler(servlets, encodings)), context)));
  }
}
