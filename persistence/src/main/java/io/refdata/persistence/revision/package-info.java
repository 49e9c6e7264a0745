/** Opens one revision for each writing transaction, and finds the revision at an instant. */
@NullMarked
package io.refdata.persistence.revision;

import org.jspecify.annotations.NullMarked;
