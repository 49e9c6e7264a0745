package io.refdata.api.observation;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetCache;
import io.refdata.persistence.dataset.PastDatasets;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;

/**
 * The datasets whose series and observations are asked for. A dataset that was deleted took with it
 * what it had held: a past state of it is gone (410), also if there is another of its code now.
 */
@ApplicationScoped
class AskedDatasets {
  @Inject private DatasetCache datasets;
  @Inject private PastDatasets past;
  @Inject private Revisions revisions;

  /**
   * The dataset of that code.
   *
   * @param parameters tell by {@code asOf} whether it may be one that is no more
   * @throws Problem 410 if it was there at the instant that is asked for, and is deleted
   * @throws NoSuchItem if it is not there
   */
  Dataset find(String code, Parameters parameters) {
    Code wanted = PathCode.of(code);
    return datasets.find(wanted).orElseThrow(() -> missing(wanted, parameters));
  }

  private RuntimeException missing(Code code, Parameters parameters) {
    boolean existed =
        parameters.all(AsOf.NAME).stream()
            .findFirst()
            .flatMap(AsOf::instant)
            .flatMap(at -> revisions.asOf(Revision.REFERENCE_DATA, at))
            .filter(revision -> past.existed(code, revision))
            .isPresent();
    return existed ? gone(code) : new NoSuchItem("datasets", code.value());
  }

  /**
   * That a dataset of today is the one that had its code at a revision of the reference data, if
   * any had.
   *
   * @throws Problem 410 if it was another
   */
  void requireSame(Dataset dataset, int revision) {
    if (revision < past.created(Objects.requireNonNull(dataset.id()))
        && past.existed(dataset.code(), revision)) {
      throw gone(dataset.code());
    }
  }

  private static Problem gone(Code code) {
    return new Problem(
        ProblemType.GONE,
        "The dataset that was "
            + code
            + " at this instant has been deleted, and what it held with it.");
  }
}
