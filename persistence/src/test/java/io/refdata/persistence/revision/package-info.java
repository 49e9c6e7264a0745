/** Tests of revisions, without a database. */
@NullMarked
package io.refdata.persistence.revision;

import org.jspecify.annotations.NullMarked;
