package io.refdata.api.item;

import io.refdata.api.platform.PlatformForTests;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Three hundred facilities with operators, owners and two emission sources each. */
final class ListedFacilities {
  static final int COUNT = 300;

  private ListedFacilities() {}

  /** Past the application, so that none of its caches knows them. */
  static void insert() throws SQLException {
    execute(
        """
        delete from ref.emission_source where code like 'L\\_%%';
        delete from ref.facility where code like 'L\\_%%';
        delete from ref.organization where code like 'L\\_ORG\\_%%';
        insert into ref.organization (code, name, region_id)
        select 'L_ORG_' || n, 'Listed organization ' || n, (select id from ref.region order by code offset n limit 1)
          from generate_series(1, 40) n;
        insert into ref.facility (code, name, kind, fuel, capacity_mw, latitude, longitude, region_id, organization_id,
                                  owners, commissioned)
        select 'L_' || to_char(n, 'FM000'), 'Écluse n° ' || n, 'POWER_PLANT', case n %% 3 when 0 then 'HYDRO' when 1 then 'WIND' end,
               nullif(n %% 10, 0) * 10, -90 + n / 2.0, case when n %% 2 = 0 then 179.5 else -179.5 end,
               (select id from ref.region order by code offset n %% 200 limit 1),
               (select id from ref.organization where code = 'L_ORG_' || (1 + n %% 40)),
               'L_ORG_' || (1 + n %% 40) || ':0.5',
               case n %% 3 when 0 then '2012' when 1 then '2012-05-01' else '2013-01-01' end
          from generate_series(1, %1$d) n;
        insert into ref.emission_source (code, name, facility_id, scope)
        select f.code || '_' || s, 'Source ' || s, f.id, s
          from ref.facility f, generate_series(1, 2) s where f.code like 'L\\_%%';
        analyze ref.facility
        """
            .formatted(COUNT));
  }

  static List<String> found(String... parameters) {
    List<String> all = new ArrayList<>(List.of("q", "écluse"));
    all.addAll(List.of(parameters));
    return Rest.codes(Rest.walk("facilities", 1000, all.toArray(String[]::new)));
  }

  static String value(String sql) throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static void execute(String sql) throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
