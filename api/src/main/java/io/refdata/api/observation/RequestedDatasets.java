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
 * Finds the datasets of requests for series and observations. The deletion of a dataset also
 * deletes its observations: its past states are gone (410), even if another dataset has its code
 * now.
 */
@ApplicationScoped
class RequestedDatasets {
  @Inject private DatasetCache datasets;
  @Inject private PastDatasets past;
  @Inject private Revisions revisions;

  /**
   * Finds the dataset with this code.
   *
   * @param parameters hold {@code asOf}, which may ask for a dataset that was deleted later
   * @throws Problem 410 if the dataset existed at the requested instant and was deleted later
   * @throws NoSuchItem if the dataset does not exist
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
   * Requires that no other dataset had the code of this dataset at a revision of the reference
   * data.
   *
   * @param whole whether the caller may know of other datasets; if not, it is answered as if there
   *     had been none
   * @throws Problem 410 if another dataset had the code
   */
  void requireSame(Dataset dataset, int revision, boolean whole) {
    if (whole
        && revision < past.created(Objects.requireNonNull(dataset.id()))
        && past.existed(dataset.code(), revision)) {
      throw gone(dataset.code());
    }
  }

  private static Problem gone(Code code) {
    return new Problem(
        ProblemType.GONE,
        "The dataset that had the code "
            + code
            + " at this instant has been deleted, and its observations with it.");
  }
}
