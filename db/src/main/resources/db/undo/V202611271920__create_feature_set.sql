drop table curated.feature_set_read, curated.feature_set_aud, curated.feature_set;
