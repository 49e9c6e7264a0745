/** Looks for situations that need an operator, and sends what has changed to who wants to know. */
@NullMarked
package io.refdata.batch.alert;

import org.jspecify.annotations.NullMarked;
