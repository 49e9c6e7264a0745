@NullMarked
package io.refdata.persistence.statistics;

import org.jspecify.annotations.NullMarked;
