package io.refdata.api.access;

import io.refdata.persistence.dataset.PublicDatasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All kinds of credentials, for the handler ahead of the servlets, where there is no injection. */
@ApplicationScoped
public class KnownCredentials {
  private List<Credentials> kinds;
  private PublicDatasets publicDatasets;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  KnownCredentials() {}

  @Inject
  KnownCredentials(Instance<Credentials> kinds, PublicDatasets publicDatasets) {
    this.kinds = kinds.stream().toList();
    this.publicDatasets = publicDatasets;
  }

  void publish(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
    context.setAttribute(KnownCredentials.class.getName(), this);
  }

  static @Nullable KnownCredentials of(ServletContext context) {
    return (KnownCredentials) context.getAttribute(KnownCredentials.class.getName());
  }

  /** The kind that a credential has the form of; null if it is of none. */
  @Nullable Credentials kindOf(String credential) {
    for (Credentials kind : kinds) {
      if (kind.recognizes(credential)) {
        return kind;
      }
    }
    return null;
  }

  PublicDatasets publicDatasets() {
    return publicDatasets;
  }
}
