/** A few observations that are written at once, without a file and without staging. */
@NullMarked
package io.refdata.persistence.push;

import org.jspecify.annotations.NullMarked;
