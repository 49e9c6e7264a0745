package io.refdata.domain.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.SeriesVersions.Version;
import io.refdata.domain.item.value.Code;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureRowsTest {
  private static FeatureRows rows(int entities) {
    FeatureSetDefinition definition =
        new FeatureSetDefinition(
            FeatureSetKind.FORECASTING,
            new Code("D"),
            new Code("facility"),
            IntStream.range(0, entities).mapToObj(i -> new Code("E" + i)).toList(),
            List.of(new Feature.OfSeries(null, new ValueFunction.Lag(1))),
            null,
            new Cutoffs.Newest(),
            KnownWhen.RECORDED,
            1,
            Scale.NONE);
    FeaturePlan plan =
        new FeaturePlan(
            definition,
            List.of(),
            List.of(new ResolvedSource(0, List.of())),
            List.of(0),
            List.of(0),
            -1,
            0,
            null);
    Map<String, SeriesVersions> series =
        Map.of("E0", new SeriesVersions(1, List.of(new Version(1, 10, 1, null))));
    return new FeatureRows(plan, List.of(series), new EntityStates(), 1);
  }

  @Test
  void whoIsMissingHasARowButLooksAtNothing() {
    assertThat(rows(1_000).most()).isEqualTo(rows(0).most() + 1_000);
    assertThat(rows(1_000).steps()).isEqualTo(rows(0).steps());
  }
}
