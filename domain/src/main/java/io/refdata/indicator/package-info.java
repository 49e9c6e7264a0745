/** What a series measures. */
@NullMarked
package io.refdata.indicator;

import org.jspecify.annotations.NullMarked;
