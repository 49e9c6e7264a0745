package io.refdata.api.history;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A writer who creates, changes and deletes regions, organizations and facilities at random, their
 * references too; many of them meet in the same few items. Answers how many writes were taken.
 */
final class RandomEdits implements Callable<Integer> {
  private static final int REGIONS = 8;
  private static final int ORGANIZATIONS = 10;
  private static final int FACILITIES = 30;
  private static final String[] FUELS = {"HYDRO", "GAS", "COAL"};

  /** Done, refused because of what others have done meanwhile, or nothing there to delete. */
  private static final Set<Integer> EXPECTED = Set.of(200, 201, 204, 400, 404, 409, 412);

  private final String prefix;
  private final Random random;
  private final int edits;

  RandomEdits(String prefix, long seed, int edits) {
    this.prefix = prefix;
    this.random = new Random(seed);
    this.edits = edits;
  }

  @Override
  public Integer call() {
    int taken = 0;
    for (int i = 0; i < edits; i++) {
      Http.Answer answer = edit();
      if (!EXPECTED.contains(answer.status())) {
        throw new AssertionError(answer.status() + " " + answer.body());
      }
      taken += answer.status() < 300 ? 1 : 0;
    }
    return taken;
  }

  private Http.Answer edit() {
    int what = random.nextInt(20);
    if (what < 4) {
      return Http.put("regions/" + region(), regionBody(), "moved");
    } else if (what < 8) {
      return Http.put("organizations/" + organization(), organizationBody(), null);
    } else if (what < 15) {
      return Http.put("facilities/" + facility(), facilityBody(), "round " + what);
    }
    return Http.delete(
        switch (what) {
          case 15 -> "regions/" + region();
          case 16 -> "organizations/" + organization();
          default -> "facilities/" + facility();
        },
        "gone");
  }

  private String regionBody() {
    return """
    {"name": "%s", "kind": "GROUP", "parent": %s}
    """
        .formatted(name(), random.nextInt(4) == 0 ? "null" : code(region()));
  }

  private String organizationBody() {
    return """
    {"name": "%s", "region": %s, "parent": %s}
    """
        .formatted(name(), code(region()), random.nextBoolean() ? "null" : code(organization()));
  }

  private String facilityBody() {
    return """
    {"name": "%s", "kind": "POWER_PLANT", "fuel": "%s", "capacityMw": %d, "commissioned": "%d",
     "region": %s, "organization": %s}
    """
        .formatted(
            name(),
            FUELS[random.nextInt(FUELS.length)],
            random.nextInt(1000),
            1950 + random.nextInt(70),
            code(region()),
            random.nextInt(3) == 0 ? "null" : code(organization()));
  }

  private String name() {
    return "Name " + random.nextInt(1000);
  }

  private static String code(String code) {
    return "{\"code\": \"" + code + "\"}";
  }

  String region() {
    return prefix + "R" + random.nextInt(REGIONS);
  }

  String organization() {
    return prefix + "O" + random.nextInt(ORGANIZATIONS);
  }

  String facility() {
    return prefix + "F" + random.nextInt(FACILITIES);
  }
}
