package io.refdata.perf;

import io.refdata.api.platform.DevelopmentIssuer;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Scale;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Measures what the check of a credential costs a request whose response is cached. */
class AccessCostIT {
  private static final int FACILITIES = 1_000;
  private static final String ITEM = "/api/v1/facilities/PLANT_7";
  private static final String JSON = "Accept: application/json";
  private static final Wrk WRK = Wrk.with(32);

  @Test
  void cachedReadsWithATokenAreAsFastAsWithout() throws Exception {
    if (!Wrk.isInstalled()) {
      Gate.cannotMeasure("wrk is not installed", "access-warm");
      return;
    }
    try (Platform platform = Platform.start("512m")) {
      Plants.load(platform.client(), FACILITIES);
      DevelopmentIssuer issuer = DevelopmentIssuer.in(platform.directory());
      String token = "Authorization: Bearer " + issuer.token("reader");
      // The cost of a header without the check: the bytes are sent, and the server takes them in.
      String unread = "X-Unread: " + "x".repeat(token.length() - "X-Unread: ".length());
      platform.restart(Platform.WAR, issuer.settings());
      URI item = platform.url().resolve(ITEM);
      int seconds = Scale.seconds();
      WRK.warmUp(item, 3 * seconds, JSON);
      WRK.warmUp(item, 3 * seconds, JSON, token);
      Ratio warm = new Ratio("access-warm", "requests/s");
      for (int turn = 0; turn < Ratio.TURNS; turn++) {
        // Each goes first in every other turn.
        boolean first = turn % 2 == 0;
        double one = first ? WRK.rate(item, seconds, JSON, token) : WRK.rate(item, seconds, JSON);
        double other = first ? WRK.rate(item, seconds, JSON) : WRK.rate(item, seconds, JSON, token);
        warm.add(first ? one : other, first ? other : one);
        System.out.printf(
            "%.0f/s with a token, %.0f/s with as long a header that nobody reads, %.0f/s without%n",
            first ? one : other, WRK.rate(item, seconds, JSON, unread), first ? other : one);
      }
      Gate.measured(warm.measurement());
    }
  }
}
