/** What is traded or quoted. */
@NullMarked
package io.refdata.instrument;

import org.jspecify.annotations.NullMarked;
