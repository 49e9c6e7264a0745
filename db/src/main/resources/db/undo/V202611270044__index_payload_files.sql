drop index raw.payload_path;
