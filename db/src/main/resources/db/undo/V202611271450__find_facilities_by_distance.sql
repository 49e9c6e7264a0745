drop index ref.facility_nearness;
drop function ref.distance_km(float8, float8, float8, float8);
drop function ref.place(float8, float8);
drop extension cube;
