/** Loads over HTTP, with files as they are published. */
@NullMarked
package io.refdata.api.load;

import org.jspecify.annotations.NullMarked;
