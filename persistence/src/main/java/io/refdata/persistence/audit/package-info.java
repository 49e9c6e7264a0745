/**
 * The audit trail: revisions and actions are sealed behind the writers, and verified on request.
 */
@NullMarked
package io.refdata.persistence.audit;

import org.jspecify.annotations.NullMarked;
