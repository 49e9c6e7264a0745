/** Revisions: who changed what is known, when and why. */
@NullMarked
package io.refdata.revision;

import org.jspecify.annotations.NullMarked;
