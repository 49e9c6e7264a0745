package io.refdata.persistence.signal;

import io.refdata.domain.item.value.Code;
import java.time.Instant;

/**
 * A calculation whose results are stored as observations of a dataset. It is worked out after each
 * change of the dataset that it is made of, and ends when it, or one of the two datasets, is
 * deleted; the results stay.
 *
 * @param version how often it was changed
 * @param source the code of the dataset that it is worked out from
 * @param target the code of the dataset that its results are written to
 * @param calculation in JSON
 * @param by who wrote it last
 */
public record Signal(
    Code code,
    int version,
    String name,
    String source,
    String target,
    String calculation,
    Instant writtenAt,
    String by) {}
