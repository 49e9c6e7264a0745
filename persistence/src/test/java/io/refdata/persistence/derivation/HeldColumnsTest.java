package io.refdata.persistence.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.derivation.ListedRows.Listed;
import io.refdata.settings.Setting;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeldColumnsTest {
  private static final long MOST = Setting.AGGREGATION_VALUES.number();

  private final Series series = new Series(1, "FRA", List.of("FRA"), null, null, null);

  @Test
  void whatOthersOfTheSameQuestionHoldCountsToo() throws Exception {
    HeldColumns fitting = new HeldColumns("series", MOST - 2);
    fitting.read(rows());
    assertThat(fitting.size()).isEqualTo(2);
    HeldColumns tooMany = new HeldColumns("series", MOST - 1);
    assertThatThrownBy(() -> tooMany.read(rows()))
        .isInstanceOf(UnansweredQuestion.class)
        .hasMessageContaining("%,d values", MOST);
  }

  @Test
  void aWriterBoundsThemItself() throws Exception {
    HeldColumns held = HeldColumns.ofWriter();
    held.read(
        new ListedRows(
            LongStream.rangeClosed(0, MOST)
                .mapToObj(time -> new Listed(series, time, 1, "A"))
                .toList()));
    assertThat(held.size()).isGreaterThan((int) MOST);
  }

  private ListedRows rows() {
    return new ListedRows(List.of(new Listed(series, 0, 1, "A"), new Listed(series, 1, 2, "A")));
  }
}
