/** Where things are: distances on the earth, neighbours, and the territories between borders. */
@NullMarked
package io.refdata.domain.place;

import org.jspecify.annotations.NullMarked;
