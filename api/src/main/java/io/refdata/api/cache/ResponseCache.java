package io.refdata.api.cache;

import io.refdata.api.route.Route;
import io.refdata.persistence.freshness.Versions;
import io.refdata.settings.Setting;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The regions of cached responses. They share one memory; with 0 bytes nothing is cached. */
@ApplicationScoped
public class ResponseCache {
  private static final Logger LOG = Logger.getLogger(ResponseCache.class);

  @Inject private Versions versions;
  private CacheRegion items;
  private CacheRegion lists;
  private CacheRegion observations;
  private CacheRegion past;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  ResponseCache() {}

  @PostConstruct
  void open() {
    ResponseMemory memory = new ResponseMemory(Setting.ANSWERS_BYTES.bytes());
    items = new CacheRegion("items", Setting.ANSWERS_ITEMS_LIFETIME.time(), memory);
    lists = new CacheRegion("lists", Setting.ANSWERS_LISTS_LIFETIME.time(), memory);
    observations =
        new CacheRegion("observations", Setting.ANSWERS_OBSERVATIONS_LIFETIME.time(), memory);
    past = new CacheRegion("past", Setting.ANSWERS_PAST_LIFETIME.time(), memory);
    LOG.infof("Cached responses may take %,d bytes", memory.maxBytes());
  }

  /** Hands this bean to the handler ahead of the servlets, where there is no injection. */
  void publish(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
    context.setAttribute(ResponseCache.class.getName(), this);
  }

  static @Nullable ResponseCache of(ServletContext context) {
    return (ResponseCache) context.getAttribute(ResponseCache.class.getName());
  }

  /** All regions. */
  public List<CacheRegion> regions() {
    return List.of(items, lists, observations, past);
  }

  /** The region of that name. */
  public Optional<CacheRegion> region(String name) {
    return regions().stream().filter(region -> region.name().equals(name)).findFirst();
  }

  Versions versions() {
    return versions;
  }

  /** The region for the responses of a route; null if they are not cached. */
  @Nullable CacheRegion regionFor(@Nullable Route route, String query) {
    if (route == null || route.cached() == Route.Cached.NOWHERE) {
      return null;
    } else if (query.contains("asOf=")) {
      return past;
    }
    return switch (route.cached()) {
      case ITEMS -> items;
      case LISTS -> lists;
      case OBSERVATIONS -> observations;
      case NOWHERE -> null;
    };
  }
}
