/** Reference data over HTTP: all collections alike, each item as its properties say. */
@NullMarked
package io.refdata.api.reference;

import org.jspecify.annotations.NullMarked;
