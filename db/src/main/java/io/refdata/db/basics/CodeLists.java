package io.refdata.db.basics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The code lists that other items refer to. The codes are stored in the order of this file. */
final class CodeLists {

  private static final String OWN = "REFDATA";

  record Row(
      String code, String name, @Nullable LocalDate validFrom, @Nullable LocalDate validTo) {}

  private record CodeList(
      String code, String name, String agency, @Nullable String version, List<Row> rows) {}

  private CodeLists() {}

  private static List<CodeList> all() {
    return List.of(
        new CodeList("CURRENCY", "Currencies", "ISO", "4217", Currencies.all()),
        list(
            "FREQUENCY",
            "Frequencies",
            "SDMX",
            "2.1",
            """
            A Annual
            S Half-yearly, semester
            Q Quarterly
            M Monthly
            W Weekly
            D Daily
            H Hourly
            N Minutely
            """),
        list(
            "OBS_STATUS",
            "Observation status",
            "SDMX",
            "2.2",
            """
            A Normal value
            B Time series break
            D Definition differs
            E Estimated value
            F Forecast value
            G Experimental value
            H Missing value; holiday or weekend
            I Imputed value
            J Derogation
            K Data included in another category
            L Missing value; data exist but were not collected
            M Missing value; data cannot exist
            N Not significant
            O Missing value
            P Provisional value
            Q Missing value; suppressed
            S Strike and other special events
            U Low reliability
            V Unvalidated value
            W Includes data from another category
            """),
        own(
            "REGION_KIND",
            "Kinds of regions",
            """
            WORLD World
            CONTINENT Continent
            SUBREGION Part of a continent
            COUNTRY Country or area of ISO 3166-1
            SUBDIVISION Subdivision of a country
            GROUP Group of regions
            """),
        own(
            "FACILITY_KIND",
            "Kinds of facilities",
            """
            POWER_PLANT Power plant
            HEAT_PLANT Heat plant
            STORAGE Energy storage
            SUBSTATION Substation
            INTERCONNECTOR Interconnector
            REFINERY Refinery
            OIL_FIELD Oil field
            GAS_FIELD Gas field
            MINE Mine
            PIPELINE Pipeline
            COMPRESSOR_STATION Compressor station
            GAS_PROCESSING_PLANT Gas processing plant
            LNG_TERMINAL Terminal for liquefied natural gas
            TERMINAL Port or storage terminal
            STEEL_PLANT Iron and steel plant
            CEMENT_PLANT Cement plant
            ALUMINIUM_SMELTER Aluminium smelter
            CHEMICAL_PLANT Chemical plant
            FERTILIZER_PLANT Fertilizer plant
            PULP_AND_PAPER_MILL Pulp and paper mill
            HYDROGEN_PLANT Hydrogen plant
            CARBON_CAPTURE Carbon capture and storage
            WASTE_TREATMENT Waste treatment
            LANDFILL Landfill
            OTHER Other
            """),
        own(
            "ORGANIZATION_KIND",
            "Kinds of organizations",
            """
            COMPANY Company
            UTILITY Utility
            GRID_OPERATOR Grid or system operator
            EXCHANGE Exchange or trading venue
            FUND Fund
            COOPERATIVE Cooperative
            GOVERNMENT Government body
            REGULATOR Regulator
            INTERNATIONAL International organization
            NON_PROFIT Non-profit organization
            RESEARCH Research institution
            PERSON Natural person
            OTHER Other
            """),
        own(
            "ORGANIZATION_STATUS",
            "Status of organizations",
            """
            ACTIVE Active
            INACTIVE Inactive
            MERGED Merged into another
            INSOLVENT Insolvent
            DISSOLVED Dissolved
            """),
        own(
            "FUEL",
            "Fuels and energy sources",
            """
            COAL Coal
            GAS Natural gas
            OIL Oil
            PETCOKE Petroleum coke
            NUCLEAR Nuclear
            HYDRO Hydropower
            WIND Wind
            SOLAR Solar
            BIOMASS Biomass
            GEOTHERMAL Geothermal
            WAVE_AND_TIDAL Wave and tidal
            WASTE Waste
            COGENERATION Cogeneration
            HYDROGEN Hydrogen
            STORAGE Storage
            OTHER Other
            """),
        own(
            "GAS",
            "Greenhouse gases",
            """
            CO2 Carbon dioxide
            CH4 Methane
            N2O Nitrous oxide
            HFC Hydrofluorocarbons
            PFC Perfluorocarbons
            SF6 Sulphur hexafluoride
            NF3 Nitrogen trifluoride
            CO2E All greenhouse gases, as carbon dioxide equivalent
            """),
        own(
            "METHOD",
            "Methods of determining emissions",
            """
            TIER_1 IPCC Tier 1: default emission factors
            TIER_2 IPCC Tier 2: factors of the country or technology
            TIER_3 IPCC Tier 3: models or measurements at the facility
            CONTINUOUS_MONITORING Continuous emission monitoring
            MASS_BALANCE Mass balance
            FUEL_BASED Fuel use and emission factor
            ACTIVITY_BASED Activity data and emission factor
            SUPPLIER_SPECIFIC GHG Protocol: supplier-specific
            HYBRID GHG Protocol: hybrid
            AVERAGE_DATA GHG Protocol: average data
            SPEND_BASED GHG Protocol: spend-based
            LOCATION_BASED GHG Protocol, Scope 2: location-based
            MARKET_BASED GHG Protocol, Scope 2: market-based
            ENGINEERING_ESTIMATE Engineering estimate
            OTHER Other
            """),
        own(
            "INSTRUMENT_KIND",
            "Kinds of instruments",
            """
            POWER Electric power
            GAS Natural gas
            OIL Oil and oil products
            CARBON Emission allowances and credits
            EQUITY Equity
            INDEX Index
            FX Foreign exchange
            """),
        own(
            "AGGREGATION",
            "Ways to aggregate observations",
            """
            SUM Sum
            MEAN Mean
            LAST Last value
            MIN Minimum
            MAX Maximum
            """));
  }

  private static CodeList own(String code, String name, String rows) {
    return list(code, name, OWN, null, rows);
  }

  /** Reads a list in which each line is a code, a space and its name. */
  private static CodeList list(
      String code, String name, String agency, @Nullable String version, String rows) {
    List<Row> parsed =
        rows.lines()
            .map(line -> line.split(" ", 2))
            .map(parts -> new Row(parts[0], parts[1], null, null))
            .toList();
    return new CodeList(code, name, agency, version, parsed);
  }

  static void insert(Connection connection, int revision) throws SQLException {
    for (CodeList list : all()) {
      insert(connection, list);
    }
    Rows.audit(connection, revision, "code_list", "version, code, name, agency, list_version");
    Rows.audit(
        connection,
        revision,
        "code",
        "version, code, name, list_id, parent_id, position, valid_from, valid_to, replaced_by_id");
  }

  private static void insert(Connection connection, CodeList list) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            with list as (
              insert into ref.code_list (code, name, agency, list_version)
              values (?, ?, ?, ?)
              returning id
            )
            insert into ref.code (code, name, list_id, position, valid_from, valid_to)
            select row.code, row.name, list.id, row.position, row.valid_from::date, row.valid_to::date
              from list,
                   unnest(?::text[], ?::text[], ?::text[], ?::text[])
                     with ordinality as row (code, name, valid_from, valid_to, position)
             order by row.position
            """)) {
      statement.setString(1, list.code());
      statement.setString(2, list.name());
      statement.setString(3, list.agency());
      statement.setString(4, list.version());
      statement.setArray(5, Rows.texts(connection, list.rows(), Row::code));
      statement.setArray(6, Rows.texts(connection, list.rows(), Row::name));
      statement.setArray(7, Rows.texts(connection, list.rows(), row -> text(row.validFrom())));
      statement.setArray(8, Rows.texts(connection, list.rows(), row -> text(row.validTo())));
      statement.executeUpdate();
    }
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return Objects.toString(day, null);
  }
}
