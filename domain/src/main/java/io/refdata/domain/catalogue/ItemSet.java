package io.refdata.domain.catalogue;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A set of items in which a code identifies one: those of a collection, {@code facilities}, or the
 * codes of one code list, {@code code-lists/FUEL/codes}.
 *
 * @param list the code list, if the items are its codes; else null
 */
public record ItemSet(ItemType<?> type, @Nullable Code list) {
  /** A pattern that matches the names of all sets in URLs, and also texts that name none. */
  public static final String PATH = "code-lists/[^/]+/codes|[^/]+";

  private static final Pattern CODES = Pattern.compile("code-lists/([^/]+)/codes");

  /** The codes of a code list. */
  public static ItemSet ofList(Code list) {
    return new ItemSet(Catalogue.CODES, list);
  }

  /** The set of that name, as it stands in URLs; the code list itself may not exist. */
  public static Optional<ItemSet> named(String path) {
    Matcher codes = CODES.matcher(path);
    return codes.matches()
        ? Code.parse(codes.group(1)).map(ItemSet::ofList)
        : Catalogue.named(path).map(type -> new ItemSet(type, null));
  }

  @Override
  public String toString() {
    return list == null ? type.collection() : "code-lists/" + list + "/codes";
  }
}
