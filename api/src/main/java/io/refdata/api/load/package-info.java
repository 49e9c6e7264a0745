/** Loads over HTTP: files in, and what became of them. */
@NullMarked
package io.refdata.api.load;

import org.jspecify.annotations.NullMarked;
