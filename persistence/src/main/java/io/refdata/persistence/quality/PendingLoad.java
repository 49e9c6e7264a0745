package io.refdata.persistence.quality;

import io.refdata.domain.dataset.Frequency;

/**
 * A load into a dataset that has completed and is to be judged.
 *
 * @param dataset the number of its dataset
 * @param code the code of its dataset
 * @param rev its revision
 * @param duplicates its stored rejects that name an observation a second time
 */
public record PendingLoad(
    long id,
    int dataset,
    String code,
    Frequency frequency,
    int rev,
    long read,
    long rejected,
    long duplicates) {}
