@NullMarked
package io.refdata.persistence.partition.upkeep;

import org.jspecify.annotations.NullMarked;
