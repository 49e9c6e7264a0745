package io.refdata.batch.load;

import io.refdata.persistence.load.Load;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.load.StagingTables;
import jakarta.annotation.Priority;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Goes on with the loads that were on their way when the server ended, however it ended. */
@ApplicationScoped
public class Recovery {
  private static final Logger LOG = Logger.getLogger(Recovery.class);

  @Inject private Loads loads;
  @Inject private Payloads payloads;
  @Inject private Jdbi jdbi;

  void resume(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    payloads.removeUnfinished();
    for (Load load : loads.unfinished()) {
      LOG.infof("Load %d was %s when the server ended; it goes on", load.id(), load.state());
      start(load);
    }
    for (Load load : loads.untidy()) {
      if (load.state() == Load.State.COMPLETED) {
        start(load);
      } else {
        new StagingTables(load.id()).drop(jdbi);
      }
    }
  }

  private static void start(Load load) {
    Properties parameters = new Properties();
    parameters.setProperty(LoadStep.LOAD, Long.toString(load.id()));
    BatchRuntime.getJobOperator().start("load", parameters);
  }
}
