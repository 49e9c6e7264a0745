drop table ref.api_key;
