package io.refdata.perf.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.perf.ReadPlatform;
import io.refdata.perf.gate.Claim;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Measures the claims of the systems that the platform grew from, and prints each beside the
 * claimed figure. Figures that depend on the machine or on the amount of data are only printed.
 *
 * <p>One claim is left out: that a calculation takes less than 200 ms. The platform stores and
 * returns observations but calculates nothing from them, so it has no equal.
 */
class ClaimsIT {
  private static final int FEW = 1_000;
  private static final String DATASET = "MANY";

  @Test
  void theClaimsAreMeasuredAndThoseForAnyMachineAreHeld() throws Exception {
    List<Claim> claims = new ArrayList<>();
    try (ReadPlatform platform =
        ReadPlatform.start(Scale.facilities(), Scale.observations(), FEW)) {
      DataSource source = platform.dataSource();
      IndexUse indexUse = new IndexUse(platform);
      indexUse.sendRequests();
      claims.addAll(new IndexClaims(source).measure());
      claims.addAll(new FetchClaims(source).measure());
      claims.addAll(new PoolClaims(source).measure());
      claims.addAll(new PipelineClaims(platform, Scale.observations() / 10).measure());
      claims.addAll(new LatencyClaims(platform).measure());
      claims.addAll(
          new UserClaims(platform, Scale.facilities(), (int) Math.max(4, 20 * Scale.factor()))
              .measure());
      claims.addAll(new StorageClaims(source, DATASET).measure());
      claims.add(indexUse.measure());
      claims.addAll(new PartitionClaims(platform, DATASET).measure());
    }
    claims.forEach(ClaimsIT::print);
    claims.forEach(Gate::claim);

    assertThat(claims).hasSizeGreaterThanOrEqualTo(24);
    assertThat(claims).allSatisfy(claim -> assertThat(claim.measured()).isFinite());
    Map<String, Claim> byId =
        claims.stream().collect(Collectors.toMap(Claim::id, Function.identity()));
    assertThat(List.of("fetch.statements", "fetch.fewer", "storage.observations"))
        .allSatisfy(id -> assertThat(byId.get(id)).matches(Claim::isHeld, "is held"));
  }

  private static void print(Claim claim) {
    System.out.println(
        Figures.format(
            "%-6s %-55s claimed %s %.1f %s, measured %.1f (%s%s) %s",
            claim.isHeld() ? "held" : "behind",
            claim.what(),
            claim.moreIsBetter() ? "at least" : "at most",
            claim.claimed(),
            claim.unit(),
            claim.measured(),
            claim.platform(),
            claim.other().isEmpty() ? "" : " to " + claim.other(),
            claim.how()));
  }
}
