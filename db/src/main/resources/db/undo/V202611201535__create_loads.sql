drop table staging.reject, raw.load, raw.payload, raw.layout_aud, raw.layout;
