/** Who publishes the data. */
@NullMarked
package io.refdata.provider;

import org.jspecify.annotations.NullMarked;
