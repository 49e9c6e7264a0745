drop table
  ref.instrument, ref.instrument_aud,
  ref.emission_source, ref.emission_source_aud;
alter table ref.facility drop column owners;
alter table ref.facility_aud drop column owners;
drop function ref.keys(text);
