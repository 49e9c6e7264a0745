-- Why:    facilities are asked for by their distance from a place. The nearest of many must cost what is shown, on both sides of the
--         antimeridian and at the poles alike, so positions are indexed as points of a sphere in space.
-- Locks:  SHARE on ref.facility while the index is built; rows: none.
-- Undo:   db/undo/V202611271450__find_facilities_by_distance.sql

create extension if not exists cube with schema public;

-- The radius is the mean one of the IUGG. Straight lines through the earth are as long in the order of distances as arcs on it.
create function ref.place(latitude float8, longitude float8) returns public.cube
  language sql immutable strict parallel safe
  return public.cube(array[
    6371.0088 * cos(radians(latitude)) * cos(radians(longitude)),
    6371.0088 * cos(radians(latitude)) * sin(radians(longitude)),
    6371.0088 * sin(radians(latitude))]);
comment on function ref.place is 'A position as a point of a sphere, in kilometres from the centre of the earth';

-- The form with two arguments of the arc tangent is exact for places that are near and for places that are opposite.
create function ref.distance_km(latitude float8, longitude float8, other_latitude float8, other_longitude float8) returns float8
  language sql immutable strict parallel safe
  return round(1000 * 6371.0088 * atan2(
    sqrt(power(cos(radians(other_latitude)) * sin(radians(other_longitude - longitude)), 2)
         + power(cos(radians(latitude)) * sin(radians(other_latitude))
                 - sin(radians(latitude)) * cos(radians(other_latitude)) * cos(radians(other_longitude - longitude)), 2)),
    sin(radians(latitude)) * sin(radians(other_latitude))
      + cos(radians(latitude)) * cos(radians(other_latitude)) * cos(radians(other_longitude - longitude)))) / 1000;
comment on function ref.distance_km is 'The great circle between two positions, in kilometres to the metre, on a sphere of the mean radius';

create index facility_nearness on ref.facility using gist (ref.place(latitude, longitude))
  where latitude is not null and longitude is not null;
