-- Why:    sums over the European Union, the OECD and other groups are asked of any deployment, and who is a member changes;
--         some conversions of units are needed as often. Sources and choices: docs/reference-groups.md.
-- Locks:  the lock of the reference data, until its commit; rows: 10 regions, 228 memberships, 10 conversions, and as many audit
--         rows. A group whose code is taken already, by a publisher's own, stays as it is and gets no members.
-- Undo:   db/undo/V202611271424__seed_groups.sql

do $$
declare
  r integer := ref.open_revision(0, 'refdata', 'Groups of countries and conversions of units: docs/reference-groups.md');
begin
  create temporary table new_group on commit drop as
  select g.code, g.name, g.place
    from (select v.*, row_number() over () as place from (values
      ('EU', 'European Union'),
      ('EU27', 'European Union of 27, as since 2020'),
      ('EU28', 'European Union of 28, as from 2013 to 2020'),
      ('EA', 'Euro area'),
      ('EEA', 'European Economic Area'),
      ('OECD', 'Organisation for Economic Co-operation and Development'),
      ('OPEC', 'Organization of the Petroleum Exporting Countries'),
      ('G7', 'Group of Seven'),
      ('G20', 'Group of Twenty, its countries'),
      ('BRICS', 'BRICS')
    ) v(code, name)) g
   where not exists (select from ref.region x where x.code = g.code collate "C");
  insert into ref.region (code, name, kind)
  select g.code, g.name, 'GROUP' from new_group g order by g.place;
  insert into ref.region_aud (id, rev, revtype, version, code, name, kind)
  select x.id, r, 0, x.version, x.code, x.name, x.kind
    from ref.region x
   where x.code in (select g.code collate "C" from new_group g);

  insert into ref.membership (code, name, group_id, member_id, valid_from, valid_to)
  select g.code || '-' || c.code || case when m.time > 1 then '-' || m.time else '' end,
         left(g.name || ': ' || c.name, 1000), x.id, c.id, m.first::date, m.last::date
    from (select v.*, row_number() over () as place from (values
      ('EU', '1958-01-01', null, 1, 'BEL DEU FRA ITA LUX NLD'),
      ('EU', '1973-01-01', null, 1, 'DNK IRL'),
      ('EU', '1973-01-01', '2020-01-31', 1, 'GBR'),
      ('EU', '1981-01-01', null, 1, 'GRC'),
      ('EU', '1986-01-01', null, 1, 'ESP PRT'),
      ('EU', '1995-01-01', null, 1, 'AUT FIN SWE'),
      ('EU', '2004-05-01', null, 1, 'CYP CZE EST HUN LTU LVA MLT POL SVK SVN'),
      ('EU', '2007-01-01', null, 1, 'BGR ROU'),
      ('EU', '2013-07-01', null, 1, 'HRV'),
      ('EU27', null, null, 1, 'AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE'),
      ('EU28', null, null, 1, 'AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE GBR'),
      ('EA', '1999-01-01', null, 1, 'AUT BEL DEU ESP FIN FRA IRL ITA LUX NLD PRT'),
      ('EA', '2001-01-01', null, 1, 'GRC'),
      ('EA', '2007-01-01', null, 1, 'SVN'),
      ('EA', '2008-01-01', null, 1, 'CYP MLT'),
      ('EA', '2009-01-01', null, 1, 'SVK'),
      ('EA', '2011-01-01', null, 1, 'EST'),
      ('EA', '2014-01-01', null, 1, 'LVA'),
      ('EA', '2015-01-01', null, 1, 'LTU'),
      ('EA', '2023-01-01', null, 1, 'HRV'),
      ('EA', '2026-01-01', null, 1, 'BGR'),
      ('EEA', '1994-01-01', null, 1, 'AUT BEL DEU DNK ESP FIN FRA GRC IRL ISL ITA LUX NLD NOR PRT SWE'),
      ('EEA', '1994-01-01', '2020-01-31', 1, 'GBR'),
      ('EEA', '1995-05-01', null, 1, 'LIE'),
      ('EEA', '2004-05-01', null, 1, 'CYP CZE EST HUN LTU LVA MLT POL SVK SVN'),
      ('EEA', '2007-08-01', null, 1, 'BGR ROU'),
      ('EEA', '2014-04-12', null, 1, 'HRV'),
      ('OECD', '1961-09-30', null, 1, 'AUT BEL CAN CHE DEU DNK ESP FRA GBR GRC IRL ISL NOR PRT SWE TUR USA'),
      ('OECD', '1961-11-13', null, 1, 'NLD'),
      ('OECD', '1961-12-07', null, 1, 'LUX'),
      ('OECD', '1962-03-29', null, 1, 'ITA'),
      ('OECD', '1964-04-28', null, 1, 'JPN'),
      ('OECD', '1969-01-28', null, 1, 'FIN'),
      ('OECD', '1971-06-07', null, 1, 'AUS'),
      ('OECD', '1973-05-29', null, 1, 'NZL'),
      ('OECD', '1994-05-18', null, 1, 'MEX'),
      ('OECD', '1995-12-21', null, 1, 'CZE'),
      ('OECD', '1996-05-07', null, 1, 'HUN'),
      ('OECD', '1996-11-22', null, 1, 'POL'),
      ('OECD', '1996-12-12', null, 1, 'KOR'),
      ('OECD', '2000-12-14', null, 1, 'SVK'),
      ('OECD', '2010-05-07', null, 1, 'CHL'),
      ('OECD', '2010-07-21', null, 1, 'SVN'),
      ('OECD', '2010-09-07', null, 1, 'ISR'),
      ('OECD', '2010-12-09', null, 1, 'EST'),
      ('OECD', '2016-07-01', null, 1, 'LVA'),
      ('OECD', '2018-07-05', null, 1, 'LTU'),
      ('OECD', '2020-04-28', null, 1, 'COL'),
      ('OECD', '2021-05-25', null, 1, 'CRI'),
      ('OPEC', '1960-09-14', null, 1, 'IRN IRQ KWT SAU VEN'),
      ('OPEC', '1961-01-01', '2018-12-31', 1, 'QAT'),
      ('OPEC', '1962-01-01', '2008-12-31', 1, 'IDN'),
      ('OPEC', '2016-01-01', '2016-11-30', 2, 'IDN'),
      ('OPEC', '1962-01-01', null, 1, 'LBY'),
      ('OPEC', '1967-01-01', null, 1, 'ARE'),
      ('OPEC', '1969-01-01', null, 1, 'DZA'),
      ('OPEC', '1971-01-01', null, 1, 'NGA'),
      ('OPEC', '1973-01-01', '1992-12-31', 1, 'ECU'),
      ('OPEC', '2007-10-01', '2019-12-31', 2, 'ECU'),
      ('OPEC', '1975-01-01', '1994-12-31', 1, 'GAB'),
      ('OPEC', '2016-07-01', null, 2, 'GAB'),
      ('OPEC', '2007-01-01', '2023-12-31', 1, 'AGO'),
      ('OPEC', '2017-05-25', null, 1, 'GNQ'),
      ('OPEC', '2018-06-22', null, 1, 'COG'),
      ('G7', '1975-11-15', null, 1, 'DEU FRA GBR ITA JPN USA'),
      ('G7', '1976-06-27', null, 1, 'CAN'),
      ('G20', '1999-12-15', null, 1, 'ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF'),
      ('BRICS', '2009-06-16', null, 1, 'BRA CHN IND RUS'),
      ('BRICS', '2010-12-24', null, 1, 'ZAF'),
      ('BRICS', '2024-01-01', null, 1, 'ARE EGY ETH IRN'),
      ('BRICS', '2025-01-06', null, 1, 'IDN')
    ) v(grouped, first, last, time, members)) m
    join new_group g on g.code = m.grouped
    join ref.region x on x.code = g.code collate "C"
   cross join lateral unnest(string_to_array(m.members, ' ')) with ordinality one(member, position)
    join ref.region c on c.code = one.member collate "C"
   order by g.place, m.place, one.position;
  insert into ref.membership_aud (id, rev, revtype, version, code, name, group_id, member_id, valid_from, valid_to)
  select m.id, r, 0, m.version, m.code, m.name, m.group_id, m.member_id, m.valid_from, m.valid_to from ref.membership m
   where not exists (select from ref.membership_aud a where a.id = m.id);

  insert into ref.conversion (code, name, from_id, to_id, factor, context, source)
  select c.code, c.name, f.id, t.id, c.factor, c.context, c.source
    from (select v.*, row_number() over () as place from (values
      ('NCV-OIL', 'Net calorific value of crude oil', 'T', 'GJ', 42.3::float8, 'FUEL', 'OIL', 'IPCC 2006 Guidelines, volume 2, table 1.2'),
      ('NCV-GAS', 'Net calorific value of natural gas', 'T', 'GJ', 48.0, 'FUEL', 'GAS', 'IPCC 2006 Guidelines, volume 2, table 1.2'),
      ('NCV-COAL', 'Net calorific value of other bituminous coal', 'T', 'GJ', 25.8, 'FUEL', 'COAL', 'IPCC 2006 Guidelines, volume 2, table 1.2'),
      ('NCV-PETCOKE', 'Net calorific value of petroleum coke', 'T', 'GJ', 32.5, 'FUEL', 'PETCOKE', 'IPCC 2006 Guidelines, volume 2, table 1.2'),
      ('NCV-BIOMASS', 'Net calorific value of wood and wood waste', 'T', 'GJ', 15.6, 'FUEL', 'BIOMASS', 'IPCC 2006 Guidelines, volume 2, table 1.2'),
      ('GWP100-CO2', 'Carbon dioxide as carbon dioxide equivalent', 'T', 'T_CO2E', 1, 'GAS', 'CO2', 'IPCC AR5, WG I, table 8.A.1: by definition'),
      ('GWP100-CH4', 'Methane as carbon dioxide equivalent over 100 years', 'T', 'T_CO2E', 28, 'GAS', 'CH4', 'IPCC AR5, WG I, table 8.A.1, without climate-carbon feedbacks'),
      ('GWP100-N2O', 'Nitrous oxide as carbon dioxide equivalent over 100 years', 'T', 'T_CO2E', 265, 'GAS', 'N2O', 'IPCC AR5, WG I, table 8.A.1, without climate-carbon feedbacks'),
      ('GWP100-SF6', 'Sulphur hexafluoride as carbon dioxide equivalent over 100 years', 'T', 'T_CO2E', 23500, 'GAS', 'SF6', 'IPCC AR5, WG I, table 8.A.1, without climate-carbon feedbacks'),
      ('GWP100-NF3', 'Nitrogen trifluoride as carbon dioxide equivalent over 100 years', 'T', 'T_CO2E', 16100, 'GAS', 'NF3', 'IPCC AR5, WG I, table 8.A.1, without climate-carbon feedbacks')
    ) v(code, name, origin, target, factor, list, context, source)) c
    join ref.unit f on f.code = c.origin collate "C"
    join ref.unit t on t.code = c.target collate "C"
   -- A list that somebody changed may lack the code.
   where exists (select from ref.code k join ref.code_list l on l.id = k.list_id
                  where l.code = c.list collate "C" and k.code = c.context collate "C")
   order by c.place;
  insert into ref.conversion_aud (id, rev, revtype, version, code, name, from_id, to_id, factor, context, source)
  select c.id, r, 0, c.version, c.code, c.name, c.from_id, c.to_id, c.factor, c.context, c.source from ref.conversion c
   where not exists (select from ref.conversion_aud a where a.id = c.id);
end
$$;
