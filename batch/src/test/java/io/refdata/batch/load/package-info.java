/** Tests of loads into datasets and collections, on a real PostgreSQL. */
@NullMarked
package io.refdata.batch.load;

import org.jspecify.annotations.NullMarked;
