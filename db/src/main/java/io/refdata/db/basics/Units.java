package io.refdata.db.basics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.StringTokenizer;

/**
 * The units of energy, emissions and markets, with their UCUM expressions (ucum.org). Currencies
 * are not units here.
 */
final class Units {

  record Row(String code, String name, String ucum, String symbol, String dimension) {}

  /**
   * Code, UCUM, symbol, dimension, name. A barrel of oil is 42 US gallons, {@code [bbl_us]} in
   * UCUM; {@code [Btu_IT]} is the International Table's. UCUM has no tonnes of oil or coal
   * equivalent, so these are written as a factor from the IEA's definition (factors are integers,
   * since a dot means multiplication). It has no carbon dioxide equivalent, so this is written as
   * an annotation.
   */
  private static final String TABLE =
      """
      J           J                  J           ENERGY            Joule
      KJ          kJ                 kJ          ENERGY            Kilojoule
      MJ          MJ                 MJ          ENERGY            Megajoule
      GJ          GJ                 GJ          ENERGY            Gigajoule
      TJ          TJ                 TJ          ENERGY            Terajoule
      PJ          PJ                 PJ          ENERGY            Petajoule
      EJ          EJ                 EJ          ENERGY            Exajoule
      WH          W.h                Wh          ENERGY            Watt hour
      KWH         kW.h               kWh         ENERGY            Kilowatt hour
      MWH         MW.h               MWh         ENERGY            Megawatt hour
      GWH         GW.h               GWh         ENERGY            Gigawatt hour
      TWH         TW.h               TWh         ENERGY            Terawatt hour
      BTU         [Btu_IT]           Btu         ENERGY            British thermal unit
      MMBTU       10*6.[Btu_IT]      MMBtu       ENERGY            Million British thermal units
      THERM       10*5.[Btu_IT]      thm         ENERGY            Therm
      QUAD        10*15.[Btu_IT]     quad        ENERGY            Quadrillion British thermal units
      CAL         cal_IT             cal         ENERGY            Calorie
      GCAL        Gcal_IT            Gcal        ENERGY            Gigacalorie
      TOE         41868.MJ           toe         ENERGY            Tonne of oil equivalent
      KTOE        41868.GJ           ktoe        ENERGY            Kilotonne of oil equivalent
      MTOE        41868.TJ           Mtoe        ENERGY            Megatonne of oil equivalent
      TCE         293076.10*5.J      tce         ENERGY            Tonne of coal equivalent
      W           W                  W           POWER             Watt
      KW          kW                 kW          POWER             Kilowatt
      MW          MW                 MW          POWER             Megawatt
      GW          GW                 GW          POWER             Gigawatt
      TW          TW                 TW          POWER             Terawatt
      G           g                  g           MASS              Gram
      KG          kg                 kg          MASS              Kilogram
      T           t                  t           MASS              Tonne
      KT          kt                 kt          MASS              Kilotonne
      MT          Mt                 Mt          MASS              Megatonne
      GT          Gt                 Gt          MASS              Gigatonne
      LB          [lb_av]            lb          MASS              Pound
      SHORT_TON   [ston_av]          short_ton   MASS              Short ton
      OZT         [oz_tr]            oz_t        MASS              Troy ounce
      KG_CO2E     kg{CO2e}           kgCO₂e      MASS              Kilogram of carbon dioxide equivalent
      T_CO2E      t{CO2e}            tCO₂e       MASS              Tonne of carbon dioxide equivalent
      KT_CO2E     kt{CO2e}           ktCO₂e      MASS              Kilotonne of carbon dioxide equivalent
      MT_CO2E     Mt{CO2e}           MtCO₂e      MASS              Megatonne of carbon dioxide equivalent
      L           L                  L           VOLUME            Litre
      M3          m3                 m³          VOLUME            Cubic metre
      MCM         10*6.m3            mcm         VOLUME            Million cubic metres
      BCM         10*9.m3            bcm         VOLUME            Billion cubic metres
      FT3         [cft_i]            ft³         VOLUME            Cubic foot
      BCF         10*9.[cft_i]       Bcf         VOLUME            Billion cubic feet
      GAL_US      [gal_us]           gal         VOLUME            US gallon
      BBL         [bbl_us]           bbl         VOLUME            Barrel
      MBBL        10*3.[bbl_us]      Mbbl        VOLUME            Thousand barrels
      MMBBL       10*6.[bbl_us]      MMbbl       VOLUME            Million barrels
      BBL_D       [bbl_us]/d         bbl/d       VOLUME_PER_TIME   Barrel per day
      MBBL_D      10*3.[bbl_us]/d    Mbbl/d      VOLUME_PER_TIME   Thousand barrels per day
      M3_S        m3/s               m³/s        VOLUME_PER_TIME   Cubic metre per second
      T_A         t/a                t/a         MASS_PER_TIME     Tonne per year
      G_KWH       g/(kW.h)           g/kWh       MASS_PER_ENERGY   Gram per kilowatt hour
      KG_MWH      kg/(MW.h)          kg/MWh      MASS_PER_ENERGY   Kilogram per megawatt hour
      T_MWH       t/(MW.h)           t/MWh       MASS_PER_ENERGY   Tonne per megawatt hour
      KG_GJ       kg/GJ              kg/GJ       MASS_PER_ENERGY   Kilogram per gigajoule
      T_TJ        t/TJ               t/TJ        MASS_PER_ENERGY   Tonne per terajoule
      GJ_T        GJ/t               GJ/t        ENERGY_PER_MASS   Gigajoule per tonne
      MJ_M3       MJ/m3              MJ/m³       ENERGY_PER_VOLUME Megajoule per cubic metre
      KWH_PERSON  kW.h/{person}      kWh/person  ENERGY_PER_COUNT  Kilowatt hour per person
      T_PERSON    t/{person}         t/person    MASS_PER_COUNT    Tonne per person
      M           m                  m           LENGTH            Metre
      KM          km                 km          LENGTH            Kilometre
      M2          m2                 m²          AREA              Square metre
      HA          har                ha          AREA              Hectare
      KM2         km2                km²         AREA              Square kilometre
      S           s                  s           TIME              Second
      MIN         min                min         TIME              Minute
      H           h                  h           TIME              Hour
      D           d                  d           TIME              Day
      A           a                  a           TIME              Year
      K           K                  K           TEMPERATURE       Kelvin
      CEL         Cel                °C          TEMPERATURE       Degree Celsius
      DEGF        [degF]             °F          TEMPERATURE       Degree Fahrenheit
      M_S         m/s                m/s         SPEED             Metre per second
      W_M2        W/m2               W/m²        POWER_PER_AREA    Watt per square metre
      RATIO       1                  1           RATIO             Ratio
      PERCENT     %                  %           RATIO             Percent
      PPM         [ppm]              ppm         RATIO             Part per million
      COUNT       {count}            n           COUNT             Count
      PERSON      {person}           person      COUNT             Person
      """;

  private Units() {}

  static List<Row> all() {
    return TABLE.lines().map(Units::row).toList();
  }

  private static Row row(String line) {
    StringTokenizer cells = new StringTokenizer(line, " ");
    String code = cells.nextToken();
    String ucum = cells.nextToken();
    String symbol = cells.nextToken().replace('_', ' ');
    String dimension = cells.nextToken();
    return new Row(code, cells.nextToken("").strip(), ucum, symbol, dimension);
  }

  static void insert(Connection connection, int revision) throws SQLException {
    List<Row> rows = all();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into ref.unit (code, name, ucum, symbol, dimension)
            select code, name, ucum, symbol, dimension
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   with ordinality as row (code, name, ucum, symbol, dimension, position)
             order by position
            """)) {
      statement.setArray(1, Rows.texts(connection, rows, Row::code));
      statement.setArray(2, Rows.texts(connection, rows, Row::name));
      statement.setArray(3, Rows.texts(connection, rows, Row::ucum));
      statement.setArray(4, Rows.texts(connection, rows, Row::symbol));
      statement.setArray(5, Rows.texts(connection, rows, Row::dimension));
      statement.executeUpdate();
    }
    Rows.audit(connection, revision, "unit", "version, code, name, ucum, symbol, dimension");
  }
}
