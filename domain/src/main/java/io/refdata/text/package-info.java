/** Small scanners for texts from outside: each character is looked at once, whatever the text. */
@NullMarked
package io.refdata.text;

import org.jspecify.annotations.NullMarked;
