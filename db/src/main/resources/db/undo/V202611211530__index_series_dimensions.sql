drop index curated.series_dimensions;
