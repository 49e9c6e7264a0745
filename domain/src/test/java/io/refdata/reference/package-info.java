/** Codes and days. */
@NullMarked
package io.refdata.reference;

import org.jspecify.annotations.NullMarked;
