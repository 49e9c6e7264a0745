/** One revision a writing transaction, and the revision an instant stands for. */
@NullMarked
package io.refdata.persistence.revision;

import org.jspecify.annotations.NullMarked;
