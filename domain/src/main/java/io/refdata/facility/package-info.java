/** Plants and other places where energy is made and emissions arise. */
@NullMarked
package io.refdata.facility;

import org.jspecify.annotations.NullMarked;
