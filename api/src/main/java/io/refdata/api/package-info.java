/** The HTTP interface as a whole: where it begins. */
@NullMarked
package io.refdata.api;

import org.jspecify.annotations.NullMarked;
