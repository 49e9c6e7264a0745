package io.refdata.api.problem;

import io.refdata.domain.dataset.DatasetInUse;
import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.feature.FeatureSetVersionFixed;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.ItemStillReferenced;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.PreconditionRequired;
import io.refdata.domain.item.fault.VersionMismatch;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.rollup.TooManyRollups;
import io.refdata.persistence.Causes;
import io.refdata.persistence.Connections;
import io.refdata.persistence.Trouble;
import io.refdata.persistence.export.TooManyExports;
import io.refdata.persistence.feature.FeatureSetOutdated;
import io.refdata.persistence.item.batch.BatchRefused;
import io.refdata.persistence.json.MalformedJson;
import io.refdata.persistence.load.TooManyLoads;
import io.refdata.persistence.revision.ResourceBusy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells which problem a failure is. An unexpected failure is logged once, with an id that the
 * problem names.
 */
@ApplicationScoped
public class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);

  /** More faults of a body do not help a client. */
  private static final int MAX_FAULTS = 100;

  /** SQLSTATE class 23: an integrity constraint refused a write. */
  private static final String INTEGRITY = "23";

  @Inject private Connections connections;

  /**
   * The problem to answer a failed request with. If a connection was lost, the dead are dropped.
   */
  public Problem problem(Throwable failure) {
    Problem problem = problemOf(failure);
    if (problem.type() == ProblemType.UNAVAILABLE && Connections.lost(failure)) {
      connections.dropDead();
    }
    return problem;
  }

  private static Problem problemOf(Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem;
    } else if (failure instanceof InvalidItem invalid) {
      return Problem.invalid(
          invalid.faults().stream()
              .limit(MAX_FAULTS)
              .map(fault -> Problem.Error.pointer(fault.pointer(), fault.detail()))
              .toList());
    } else if (failure instanceof UnansweredQuestion question) {
      return Problem.parameter(question.parameter(), String.valueOf(question.getMessage()));
    } else if (failure instanceof BatchRefused refused) {
      return refused(refused);
    } else if (failure instanceof NoSuchItem) {
      return Problem.notFound(String.valueOf(failure.getMessage()));
    } else if (failure instanceof RetiredObservations) {
      return new Problem(ProblemType.GONE, String.valueOf(failure.getMessage()));
    } else if (failure instanceof ItemStillReferenced
        || failure instanceof DatasetInUse
        || failure instanceof TooManyRollups) {
      return new Problem(ProblemType.CONFLICT, String.valueOf(failure.getMessage()));
    } else if (failure instanceof FeatureSetVersionFixed || failure instanceof FeatureSetOutdated) {
      return new Problem(ProblemType.CONFLICT, String.valueOf(failure.getMessage()));
    } else if (failure instanceof VersionMismatch) {
      return new Problem(ProblemType.PRECONDITION_FAILED, String.valueOf(failure.getMessage()));
    } else if (failure instanceof PreconditionRequired) {
      return new Problem(ProblemType.PRECONDITION_REQUIRED, String.valueOf(failure.getMessage()));
    } else if (failure instanceof OptimisticLockException) {
      return new Problem(
          ProblemType.PRECONDITION_FAILED, "Another write has changed this at the same time.");
    } else if (failure instanceof MalformedJson text && !text.pointer().isEmpty()) {
      return Problem.invalid(
          List.of(Problem.Error.pointer(text.pointer(), String.valueOf(text.getMessage()))));
    } else if (failure instanceof MalformedJson) {
      return new Problem(
          ProblemType.MALFORMED,
          "The body is not JSON as this API requires it: " + failure.getMessage() + ".");
    } else if (failure instanceof WebApplicationException web) {
      ProblemType type = ProblemType.of(web.getResponse().getStatus());
      return new Problem(type, type.title() + ".");
    } else if (failure instanceof ResourceBusy) {
      return new Problem(ProblemType.UNAVAILABLE, String.valueOf(failure.getMessage()));
    } else if (failure instanceof TooManyLoads || failure instanceof TooManyExports) {
      return new Problem(ProblemType.TOO_MANY, String.valueOf(failure.getMessage()));
    } else if (failure instanceof InvalidLoad) {
      return new Problem(ProblemType.CONFLICT, String.valueOf(failure.getMessage()));
    } else if (DiskFull.causes(failure)) {
      LOG.warnf("A disk is full: %s", failure.getMessage());
      return new Problem(ProblemType.INSUFFICIENT_STORAGE, DiskFull.DETAIL);
    } else if (Connections.lost(failure)) {
      LOG.warnf("The database could not be reached: %s", failure.getMessage());
      return new Problem(ProblemType.UNAVAILABLE, "The database cannot be reached now.");
    }
    Optional<Trouble> trouble = Trouble.of(failure);
    if (trouble.isPresent()) {
      LOG.warnf("%s %s", trouble.get().sentence(), failure.getMessage());
      return new Problem(ProblemType.UNAVAILABLE, trouble.get().sentence());
    }
    return unexpected(failure);
  }

  /** If all faults are of one kind, the problem is of that kind. */
  private static Problem refused(BatchRefused refused) {
    ProblemType type =
        refused
            .kind()
            .map(
                kind ->
                    switch (kind) {
                      case INVALID -> ProblemType.INVALID;
                      case NOT_FOUND -> ProblemType.NOT_FOUND;
                      case PRECONDITION_FAILED -> ProblemType.PRECONDITION_FAILED;
                      case PRECONDITION_REQUIRED -> ProblemType.PRECONDITION_REQUIRED;
                      case CONFLICT -> ProblemType.CONFLICT;
                    })
            .orElse(ProblemType.INVALID);
    return Problem.of(
        type,
        refused.faults().stream()
            .limit(MAX_FAULTS)
            .map(each -> Problem.Error.pointer(each.fault().pointer(), each.fault().detail()))
            .toList());
  }

  private static Problem unexpected(Throwable failure) {
    Optional<SQLException> refused =
        Causes.of(failure)
            .filter(SQLException.class::isInstance)
            .map(SQLException.class::cast)
            .filter(sql -> sql.getSQLState() != null && sql.getSQLState().startsWith(INTEGRITY))
            .findFirst();
    if (refused.isPresent()) {
      LOG.infof("Refused by a constraint: %s", refused.get().getMessage());
      return new Problem(
          ProblemType.CONFLICT, "Something that this depends on was changed at the same time.");
    }
    UUID id = UUID.randomUUID();
    LOG.errorf(failure, "Failure %s", id);
    return new Problem(ProblemType.INTERNAL, "The failure is logged under " + id + ".");
  }
}
