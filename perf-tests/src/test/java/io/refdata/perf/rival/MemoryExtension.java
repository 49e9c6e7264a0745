package io.refdata.perf.rival;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Sends bytes in the WAR from memory, by a bare Undertow handler: the upper limit of any rate. */
public class MemoryExtension implements ServletExtension {
  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    Map<String, ByteBuffer> answers =
        Map.of("/item", bytes("item.json"), "/page", bytes("page.json"));
    deployment.addInitialHandlerChainWrapper(
        next ->
            exchange -> {
              ByteBuffer answer = answers.get(exchange.getRelativePath());
              if (answer == null) {
                next.handleRequest(exchange);
              } else {
                exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
                exchange.getResponseSender().send(answer.duplicate());
              }
            });
  }

  private static ByteBuffer bytes(String name) {
    try (InputStream in = MemoryExtension.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the WAR");
      }
      byte[] bytes = in.readAllBytes();
      return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
