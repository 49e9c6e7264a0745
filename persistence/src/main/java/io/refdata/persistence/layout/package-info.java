/** How layouts are kept, read from JSON, and checked against what they read into. */
@NullMarked
package io.refdata.persistence.layout;

import org.jspecify.annotations.NullMarked;
