package io.refdata.api.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseMemoryTest {
  private static final int ROOM = 1 << 20;
  private static final int BODY = 1_000;

  private final ResponseMemory memory = new ResponseMemory(ROOM);
  private final CacheRegion items = new CacheRegion("items", Duration.ofHours(1), memory);
  private final CacheRegion lists = new CacheRegion("lists", Duration.ofHours(1), memory);

  @Test
  void oneRegionMayUseAllOfIt() {
    fill(items, 2_000);
    assertThat(items.statistics().bytes()).isBetween(ROOM * 9L / 10, (long) ROOM);
    assertThat(items.statistics().evictions()).isPositive();
    assertThat(lists.statistics().bytes()).isZero();
    assertThat(lists.statistics().evictions()).isZero();
  }

  @Test
  void theRegionThatIsAskedForTakesTheRoomOfTheOther() {
    fill(items, 2_000);
    // Chance has a part in what stays, so the number of rounds that it takes differs.
    for (int round = 0; round < 1_000 && lists.statistics().entries() <= 200; round++) {
      fill(lists, 300);
    }
    assertThat(lists.statistics().entries()).isGreaterThan(200);
    assertThat(lists.statistics().bytes() + items.statistics().bytes()).isLessThanOrEqualTo(ROOM);
  }

  @Test
  void aRegionIsClearedByItself() {
    fill(items, 10);
    fill(lists, 10);
    items.clear();
    assertThat(items.statistics().entries()).isZero();
    assertThat(lists.statistics().entries()).isEqualTo(10);
  }

  @Test
  void withoutRoomNothingIsCached() {
    CacheRegion none = new CacheRegion("none", Duration.ofHours(1), new ResponseMemory(0));
    fill(none, 10);
    assertThat(none.statistics().entries()).isZero();
  }

  /** Asks for some responses, and caches those that are not. */
  private static void fill(CacheRegion region, int responses) {
    for (int i = 0; i < responses; i++) {
      String request = "/api/v1/things/" + i;
      if (region.get(request) == null) {
        region.put(request, response());
      }
    }
  }

  private static CachedResponse response() {
    return new CachedResponse(
        new byte[BODY],
        "text/plain",
        null,
        "1-a",
        "no-cache",
        "Accept",
        null,
        null,
        null,
        new int[] {7},
        0,
        null);
  }
}
