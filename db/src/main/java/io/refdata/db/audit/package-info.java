/** The verification of the chain of hashes over all revisions and actions. */
@NullMarked
package io.refdata.db.audit;

import org.jspecify.annotations.NullMarked;
