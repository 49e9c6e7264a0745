package io.refdata.persistence.audit;

import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Seals the revisions that were committed, and the actions that were recorded, since the last run:
 * a chain of hashes, in which a later change is found. No writer waits for it. A change that is
 * made before something is sealed is not found.
 */
@Dependent
public class SealRevisions implements Task {
  private final Jdbi jdbi;

  @Inject
  public SealRevisions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String name() {
    return "SEAL_REVISIONS";
  }

  @Override
  public Duration every() {
    return Setting.AUDIT_SEAL_EVERY.time();
  }

  @Override
  public boolean atStart() {
    return true;
  }

  /** The first run on a database that has long been there, or one after a large load. */
  @Override
  public Pace pace() {
    return Pace.STEADY;
  }

  @Override
  public void run(Consumer<Step> done) {
    seal(handle -> handle.createQuery("select ref.seal_revisions(:at_most)"));
    seal(handle -> handle.createQuery("select ref.seal_actions(:at_most)"));
  }

  private void seal(Function<Handle, Query> some) {
    int atOnce = (int) Setting.AUDIT_SEALED_AT_ONCE.number();
    int sealed = atOnce;
    while (sealed == atOnce) {
      sealed =
          jdbi.withHandle(
              handle -> some.apply(handle).bind("at_most", atOnce).mapTo(Integer.class).one());
    }
  }
}
