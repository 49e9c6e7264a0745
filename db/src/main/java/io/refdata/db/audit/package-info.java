/** The verification of the chain of hashes over all revisions. */
@NullMarked
package io.refdata.db.audit;

import org.jspecify.annotations.NullMarked;
