package io.refdata.domain.item.value;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The owners of an item with their shares, in the given order. The shares add up to at most 1; if
 * it is less, the owner of the rest is not known. As text: {@code EDF:0.6;RWE:0.4}.
 *
 * @param all at least one owner, and no organization twice
 */
public record Owners(List<Owner> all) implements Serializable {
  /** A limit, since the time to parse a decimal number grows with the square of its digits. */
  private static final int MOST_DIGITS = 40;

  /**
   * @param organization the code of the organization
   * @param share above 0 and at most 1
   */
  public record Owner(Code organization, BigDecimal share) implements Serializable {
    /**
     * @throws IllegalArgumentException if the share is out of range
     */
    public Owner {
      if (!isShare(share)) {
        throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
      }
      share = share.stripTrailingZeros();
    }

    /** True if a number can be a share: above 0, at most 1, and with at most 30 decimal places. */
    public static boolean isShare(BigDecimal number) {
      return number.signum() > 0 && number.compareTo(BigDecimal.ONE) <= 0 && number.scale() <= 30;
    }

    @Override
    public String toString() {
      return organization + ":" + share.toPlainString();
    }
  }

  /**
   * @throws IllegalArgumentException if there is no owner, an organization occurs twice, or the
   *     shares add up to more than 1
   */
  public Owners {
    Set<Code> organizations = new HashSet<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Owner owner : all) {
      if (!organizations.add(owner.organization())) {
        throw new IllegalArgumentException("names " + owner.organization() + " twice");
      }
      sum = sum.add(owner.share());
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("names no owner");
    }
    if (sum.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "has shares that add up to " + sum.toPlainString() + ", more than 1");
    }
    all = List.copyOf(all);
  }

  /** The number in a text; empty if the text is not a number or longer than 40 characters. */
  public static Optional<BigDecimal> share(String text) {
    try {
      return text.length() <= MOST_DIGITS ? Optional.of(new BigDecimal(text)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The owners in a text; empty if the text does not have their form. */
  public static Optional<Owners> parse(String text) {
    List<Owner> owners = new ArrayList<>();
    try {
      for (String entry : text.split(";", -1)) {
        int colon = entry.indexOf(':');
        owners.add(
            new Owner(
                new Code(entry.substring(0, Math.max(0, colon))),
                share(entry.substring(colon + 1)).orElseThrow(IllegalArgumentException::new)));
      }
      return Optional.of(new Owners(owners));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return all.stream().map(Owner::toString).collect(Collectors.joining(";"));
  }
}
