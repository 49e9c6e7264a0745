/** Receives the bodies of requests without a worker thread, in bounded memory or on disk. */
@NullMarked
package io.refdata.api.body;

import org.jspecify.annotations.NullMarked;
