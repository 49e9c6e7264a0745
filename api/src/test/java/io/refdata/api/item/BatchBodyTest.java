package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.persistence.item.batch.BatchFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchBodyTest {
  private static BatchBody read(String json) throws IOException {
    return BatchBody.read(
        new ItemSet(Catalogue.FACILITIES, null),
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        false,
        values -> List.of());
  }

  @Test
  void faultsAreCutWhileTheyAreCollected() throws IOException {
    String wrong =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "\"m" + i + "\": 1")
            .collect(Collectors.joining(",", "{", "}"));
    BatchBody batch =
        read(
            "["
                + wrong
                + ", 1, {\"op\": \"delete\", \"code\": \"A\", \"x\": 1}, {\"op\": \"delete\","
                + " \"code\": \"B\"}]");
    assertThat(batch.faults()).hasSize(BatchFault.MOST);
    assertThat(batch.operations())
        .as("none that has a fault, though it is not collected")
        .extracting(operation -> operation.code().value())
        .containsExactly("B");
  }
}
