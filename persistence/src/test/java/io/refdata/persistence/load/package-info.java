/** Tests of loads on a real PostgreSQL, without a server. */
@NullMarked
package io.refdata.persistence.load;

import org.jspecify.annotations.NullMarked;
