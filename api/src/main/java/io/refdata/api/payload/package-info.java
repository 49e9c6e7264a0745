/** The data that arrived, as it arrived: the files of loads and the pushes. */
@NullMarked
package io.refdata.api.payload;

import org.jspecify.annotations.NullMarked;
