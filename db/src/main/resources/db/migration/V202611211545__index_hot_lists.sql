-- Why:    a page of the facilities of a region or an operator, of the largest, or of a map's section must cost what it
--         shows, not what all of the region has: of 100,000 facilities 13 to 35 ms before, under 1 ms after.
-- Locks:  SHARE on ref.facility while the indexes are built, ACCESS EXCLUSIVE for a moment while two are dropped; rows: none.
-- Undo:   db/undo/V202611211545__index_hot_lists.sql

create index facility_region on ref.facility (region_id, code);
drop index ref.facility_region_id;
create index facility_organization on ref.facility (organization_id, code);
drop index ref.facility_organization_id;
create index facility_capacity on ref.facility (capacity_mw desc nulls last, code);
create index facility_place on ref.facility using spgist (point(longitude, latitude));
