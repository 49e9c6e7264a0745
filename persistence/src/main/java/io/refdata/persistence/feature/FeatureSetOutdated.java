package io.refdata.persistence.feature;

import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import java.util.List;
import java.util.stream.Collectors;

/** A feature set does not fit its datasets any more. */
public class FeatureSetOutdated extends RuntimeException {
  FeatureSetOutdated(Code code, List<Fault> faults) {
    super(
        code
            + " does not fit its datasets any more: "
            + faults.stream()
                .map(fault -> fault.pointer() + " " + fault.detail())
                .collect(Collectors.joining("; ")));
  }
}
