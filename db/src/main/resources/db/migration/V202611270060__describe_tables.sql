-- Why:    who looks at the database with a tool of their own should see what a table or function is for
-- Locks:  SHARE UPDATE EXCLUSIVE on each table for a moment; rows: none; no data is touched
-- Undo:   db/undo/V202611270060__describe_tables.sql

comment on table ref.code is 'Codes of code lists, as they are now';
comment on table ref.code_list is 'Code lists, as they are now';
comment on table ref.emission_source is 'Emission sources of facilities, as they are now';
comment on table ref.facility is 'Facilities, as they are now';
comment on table ref.indicator is 'Indicators, as they are now';
comment on table ref.instrument is 'Instruments, as they are now';
comment on table ref.organization is 'Organizations, as they are now';
comment on table ref.provider is 'Providers of data, as they are now';
comment on table ref.region is 'Regions, as they are now';
comment on table ref.unit is 'Units, as they are now';
comment on table ref.revision is 'Every revision: who changed what kind of data, when, why, and by which load';
comment on table raw.layout is 'Layouts of files, as they are now';
comment on table raw.load is 'Loads, with their state and their counts of rows';
comment on table raw.payload is 'Files of loads and pushes as they came, until they are too old or too many';
comment on table staging.reject is 'Lines that loads refused, with their reasons';
comment on table curated.dataset is 'Datasets, as they are now';
comment on table curated.partition is 'The partitions of each dataset, and the last revisions that wrote to them';
comment on table curated.series is 'The series of each dataset: their codes, and how far their observations reach';

do $$
declare
  audit regclass;
  runs  regprocedure;
begin
  for audit in
    select c.oid from pg_class c
     where c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
       and c.relkind = 'r' and right(c.relname, 4) = '_aud'
  loop
    execute format('comment on table %s is %L', audit,
                   'All states of ' || regexp_replace(audit::text, '_aud$', '') || ', present and past, by revision');
  end loop;
  for runs in
    select p.oid from pg_proc p
     where p.pronamespace = 'ref'::regnamespace and (p.proname like 'begin\_runs\_%' or p.proname like 'end\_runs\_%')
  loop
    execute format('comment on function %s is %L', runs,
                   'Notes until when the values of a past state last, for the indexes of past lists');
  end loop;
end
$$;

comment on function ref.lock_topic is 'Waits for the other writers of a topic until the end of the transaction';
comment on function ref.open_revision is 'Opens the revision of this transaction, for plain SQL';
comment on function ref.check_revision is 'Refuses the number of a revision that another has overtaken';
comment on function ref.stamp_revision is 'Gives a revision its instant when its transaction commits';
comment on function ref.stamp is 'Gives the revisions of this transaction their instants now, and returns that of one';
comment on function ref.revision_as_of is 'The latest revision of a topic at an instant; 0 if there was none';
comment on function ref.fold is 'A text for search: without case and accents';
comment on function ref.keys is 'The keys of key:value;key:value';
comment on function ref.index_past is 'Makes the indexes by code of a table of past states';
comment on function ref.index_runs is 'Makes the columns, triggers and indexes by which past lists are filtered and sorted';
comment on function curated.adopt_partition is 'Makes a filled table a partition of a dataset, if the dataset has none there';
comment on function curated.attach_dataset is 'Makes the tables of a dataset, unless they are there';
comment on function curated.attach_leaf is 'Attaches a table to its dataset as the partition of a span of time';
comment on function curated.attach_partition is 'Makes the partition that holds an instant, unless it is there';
comment on function curated.count_observations is 'Counts the current observations of series anew';
comment on function curated.drop_dataset is 'Drops the tables of a dataset';
comment on function curated.make_leaf is 'Makes the table of a partition';
comment on function curated.record_partition is 'Notes a partition in curated.partition';
comment on function performance_monitoring.begins_with is 'True if an index begins with some columns, in any order';
comment on function performance_monitoring.counted_since is
  'What counters have counted since an earlier reading, or since they were reset';
