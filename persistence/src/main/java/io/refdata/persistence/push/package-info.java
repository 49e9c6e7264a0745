/** Pushes: writes of a few observations at once, without a file and without staging. */
@NullMarked
package io.refdata.persistence.push;

import org.jspecify.annotations.NullMarked;
