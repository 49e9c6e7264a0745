/** Tests of the backup and the recovery that docs/recovery.md describes. */
@NullMarked
package io.refdata.persistence.recovery;

import org.jspecify.annotations.NullMarked;
