package io.refdata.db.basics;

import static java.util.Objects.requireNonNull;

import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.Region;
import com.ibm.icu.util.ULocale;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tree of UN M49 with the countries of ISO 3166-1 as its leaves. */
final class Regions {

  /** A region before it has an id; {@code parent} is a code. */
  record Row(
      String code,
      String name,
      String kind,
      @Nullable String parent,
      @Nullable String alpha2,
      String m49) {}

  /**
   * The areas of M49 with the United Nations' names (unstats.un.org/unsd/methodology/m49). ICU
   * lacks 202 and 419 and has other names for some.
   */
  private static final List<Row> AREAS =
      List.of(
          new Row("M49-001", "World", "WORLD", null, null, "001"),
          area("002", "Africa", "CONTINENT", "001"),
          area("009", "Oceania", "CONTINENT", "001"),
          area("019", "Americas", "CONTINENT", "001"),
          area("142", "Asia", "CONTINENT", "001"),
          area("150", "Europe", "CONTINENT", "001"),
          area("015", "Northern Africa", "SUBREGION", "002"),
          area("202", "Sub-Saharan Africa", "SUBREGION", "002"),
          area("011", "Western Africa", "SUBREGION", "202"),
          area("014", "Eastern Africa", "SUBREGION", "202"),
          area("017", "Middle Africa", "SUBREGION", "202"),
          area("018", "Southern Africa", "SUBREGION", "202"),
          area("021", "Northern America", "SUBREGION", "019"),
          area("419", "Latin America and the Caribbean", "SUBREGION", "019"),
          area("005", "South America", "SUBREGION", "419"),
          area("013", "Central America", "SUBREGION", "419"),
          area("029", "Caribbean", "SUBREGION", "419"),
          area("030", "Eastern Asia", "SUBREGION", "142"),
          area("034", "Southern Asia", "SUBREGION", "142"),
          area("035", "South-eastern Asia", "SUBREGION", "142"),
          area("143", "Central Asia", "SUBREGION", "142"),
          area("145", "Western Asia", "SUBREGION", "142"),
          area("039", "Southern Europe", "SUBREGION", "150"),
          area("151", "Eastern Europe", "SUBREGION", "150"),
          area("154", "Northern Europe", "SUBREGION", "150"),
          area("155", "Western Europe", "SUBREGION", "150"),
          area("053", "Australia and New Zealand", "SUBREGION", "009"),
          area("054", "Melanesia", "SUBREGION", "009"),
          area("057", "Micronesia", "SUBREGION", "009"),
          area("061", "Polynesia", "SUBREGION", "009"));

  private Regions() {}

  private static Row area(String m49, String name, String kind, String parent) {
    return new Row("M49-" + m49, name, kind, "M49-" + parent, null, m49);
  }

  static List<Row> all() {
    LocaleDisplayNames names = LocaleDisplayNames.getInstance(ULocale.ENGLISH);
    Stream<Row> countries =
        Arrays.stream(ULocale.getISOCountries())
            .map(Region::getInstance)
            .filter(Regions::isCountry)
            .map(region -> country(region, names));
    return Stream.concat(AREAS.stream(), countries).toList();
  }

  /**
   * True for countries of ISO 3166-1. ICU also lists areas that have an alpha-2 code by exception
   * or by common use (the Canary Islands, Kosovo). Those have no number, or one that ISO 3166-1
   * reserves for its users: 900 to 999.
   */
  private static boolean isCountry(Region region) {
    return region.getNumericCode() > 0 && region.getNumericCode() < 900;
  }

  private static Row country(Region region, LocaleDisplayNames names) {
    String alpha2 = region.toString();
    return new Row(
        new ULocale("und_" + alpha2).getISO3Country(),
        names.regionDisplayName(alpha2),
        "COUNTRY",
        "M49-" + parent(region),
        alpha2,
        "%03d".formatted(region.getNumericCode()));
  }

  /**
   * The M49 number of the parent. M49 has Antarctica directly below the world and lacks Taiwan; ICU
   * has Taiwan in Eastern Asia, and Antarctica in a group of ICU's own.
   */
  private static String parent(Region region) {
    String group = requireNonNull(region.getContainingRegion(), region::toString).toString();
    return group.equals("QO") ? "001" : group;
  }

  static void insert(Connection connection, int revision) throws SQLException {
    List<Row> rows = all();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into ref.region (code, name, kind, alpha2, m49)
            select code, name, kind, alpha2, m49
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   with ordinality as row (code, name, kind, alpha2, m49, position)
             order by position
            """)) {
      statement.setArray(1, Rows.texts(connection, rows, Row::code));
      statement.setArray(2, Rows.texts(connection, rows, Row::name));
      statement.setArray(3, Rows.texts(connection, rows, Row::kind));
      statement.setArray(4, Rows.texts(connection, rows, Row::alpha2));
      statement.setArray(5, Rows.texts(connection, rows, Row::m49));
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            update ref.region as region
               set parent_id = parent.id
              from unnest(?::text[], ?::text[]) as row (code, parent)
              join ref.region as parent on parent.code = row.parent
             where region.code = row.code
            """)) {
      statement.setArray(1, Rows.texts(connection, rows, Row::code));
      statement.setArray(2, Rows.texts(connection, rows, Row::parent));
      statement.executeUpdate();
    }
    Rows.audit(
        connection,
        revision,
        "region",
        "version, code, name, kind, parent_id, alpha2, m49, latitude, longitude, valid_from,"
            + " valid_to, replaced_by_id");
  }
}
