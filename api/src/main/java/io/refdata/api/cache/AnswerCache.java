package io.refdata.api.cache;

import io.refdata.persistence.version.Versions;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The regions of kept answers. How much each holds and for how long is set by {@code
 * refdata.answers.<region>.bytes} and {@code refdata.answers.<region>.lifetime} (ISO 8601, {@code
 * PT1H}); 0 bytes switch a region off.
 */
@ApplicationScoped
public class AnswerCache {
  private static final long MIB = 1 << 20;
  private static final String ROOT = "/api/v1/";

  /** What changes by itself, or is never asked for twice. */
  private static final List<String> NEVER =
      List.of("loads", "changes", "layouts", "database", "monitoring", "performance");

  @Inject private Versions versions;
  @Inject private Config config;
  private CacheRegion items;
  private CacheRegion lists;
  private CacheRegion observations;
  private CacheRegion past;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  AnswerCache() {}

  @PostConstruct
  void open() {
    items = region("items", 16 * MIB);
    lists = region("lists", 32 * MIB);
    observations = region("observations", 32 * MIB);
    past = region("past", 16 * MIB);
  }

  private CacheRegion region(String name, long bytes) {
    String setting = "refdata.answers." + name;
    return new CacheRegion(
        name,
        config.getOptionalValue(setting + ".bytes", Long.class).orElse(bytes),
        config.getOptionalValue(setting + ".lifetime", Duration.class).orElse(Duration.ofHours(1)));
  }

  /** The handler ahead of the servlets knows no beans. */
  void publish(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
    context.setAttribute(AnswerCache.class.getName(), this);
  }

  static @Nullable AnswerCache of(ServletContext context) {
    return (AnswerCache) context.getAttribute(AnswerCache.class.getName());
  }

  /** All of them. */
  public List<CacheRegion> regions() {
    return List.of(items, lists, observations, past);
  }

  /** The one of that name. */
  public Optional<CacheRegion> region(String name) {
    return regions().stream().filter(region -> region.name().equals(name)).findFirst();
  }

  Versions versions() {
    return versions;
  }

  /** Where the answers to an address are kept; null if nowhere. */
  @Nullable CacheRegion at(String path, String query) {
    if (!path.startsWith(ROOT)) {
      return null;
    }
    String[] segments = path.substring(ROOT.length()).split("/", -1);
    if (NEVER.contains(segments[0])) {
      return null;
    } else if (query.contains("asOf=")) {
      return past;
    } else if (segments[0].equals("datasets") && segments.length > 2) {
      return observations;
    }
    return segments.length % 2 == 0 ? items : lists;
  }
}
