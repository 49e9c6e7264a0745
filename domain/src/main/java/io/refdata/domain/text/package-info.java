/** Small scanners for input: they look at each character once, whatever the text. */
@NullMarked
package io.refdata.domain.text;

import org.jspecify.annotations.NullMarked;
