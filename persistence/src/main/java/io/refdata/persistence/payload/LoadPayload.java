package io.refdata.persistence.payload;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The file of a load, as it came.
 *
 * @param path its path below the directory of payloads; null if the load came without a file
 * @param name the name that the sender gave it; null if none
 * @param mediaType the media type it was sent with
 * @param coding the content coding it was sent in, {@code gzip}; null if none
 * @param bytes its size, as it came
 * @param sha256 its SHA-256, in hexadecimal digits
 * @param removedAt when retention removed it; null while it is stored
 * @param removedBecause why; null while it is stored
 */
public record LoadPayload(
    @Nullable String path,
    @Nullable String name,
    String mediaType,
    @Nullable String coding,
    long bytes,
    String sha256,
    @Nullable Instant removedAt,
    @Nullable Removal removedBecause) {}
