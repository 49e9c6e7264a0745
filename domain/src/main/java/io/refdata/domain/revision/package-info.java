/** Revisions: the change of one transaction, with its author, its time and its reason. */
@NullMarked
package io.refdata.domain.revision;

import org.jspecify.annotations.NullMarked;
