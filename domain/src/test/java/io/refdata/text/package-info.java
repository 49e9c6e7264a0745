@NullMarked
package io.refdata.text;

import org.jspecify.annotations.NullMarked;
