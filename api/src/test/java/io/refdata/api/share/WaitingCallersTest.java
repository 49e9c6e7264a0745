package io.refdata.api.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingCallersTest {
  private final WaitingCallers<String> waiting = new WaitingCallers<>();

  private List<String> order() {
    List<String> order = new ArrayList<>();
    String next;
    while ((next = waiting.next()) != null) {
      order.add(next);
    }
    return order;
  }

  @Test
  void callersTakeTurns() {
    waiting.add("many", "m1");
    waiting.add("many", "m2");
    waiting.add("many", "m3");
    waiting.add("one", "o1");
    waiting.add("two", "t1");
    waiting.add("two", "t2");
    assertThat(waiting.size("many")).isEqualTo(3);
    assertThat(order()).containsExactly("m1", "o1", "t1", "m2", "t2", "m3");
    assertThat(waiting.size()).isZero();
  }

  @Test
  void whoGivesUpIsNotServed() {
    waiting.add("many", "m1");
    waiting.add("many", "m2");
    waiting.add("one", "o1");
    assertThat(waiting.remove("one", "o1")).isTrue();
    assertThat(waiting.remove("one", "o1")).isFalse();
    assertThat(waiting.remove("many", "m1")).isTrue();
    assertThat(waiting.size()).isEqualTo(1);
    assertThat(order()).containsExactly("m2");
    assertThat(waiting.remove("many", "m2")).isFalse();
  }

  @Test
  void ofOneCallerTheNewestMayComeFirst() {
    waiting.add("many", "m1");
    waiting.add("many", "m2");
    waiting.add("many", "m3");
    waiting.add("one", "o1");
    assertThat(waiting.oldest()).isEqualTo("m1");
    assertThat(waiting.nextNewest()).isEqualTo("m3");
    assertThat(waiting.oldest()).as("the other caller's turn").isEqualTo("o1");
    assertThat(order()).containsExactly("o1", "m1", "m2");
    assertThat(waiting.oldest()).isNull();
    assertThat(waiting.nextNewest()).isNull();
  }

  /** A caller's turn is not over because one of its requests has gone. */
  @Test
  void whoIsTakenOutTakesNoTurn() {
    waiting.add("many", "m1");
    waiting.add("many", "m2");
    waiting.add("one", "o1");
    assertThat(waiting.remove("many", "m1")).isTrue();
    assertThat(order()).containsExactly("m2", "o1");
  }
}
