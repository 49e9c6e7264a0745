drop index raw.payload_stored;
