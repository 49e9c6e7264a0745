/** How a file reads, and into what. */
@NullMarked
package io.refdata.layout;

import org.jspecify.annotations.NullMarked;
