create index facility_region_id on ref.facility (region_id);
drop index ref.facility_region;
create index facility_organization_id on ref.facility (organization_id);
drop index ref.facility_organization;
drop index ref.facility_capacity, ref.facility_place;
