/** Reference data over HTTP, asked for from outside. */
@NullMarked
package io.refdata.api.reference;

import org.jspecify.annotations.NullMarked;
