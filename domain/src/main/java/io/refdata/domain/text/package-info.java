/** Small scanners for input. They look at each character only once, whatever the text. */
@NullMarked
package io.refdata.domain.text;

import org.jspecify.annotations.NullMarked;
