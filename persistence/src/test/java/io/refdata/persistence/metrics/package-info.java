@NullMarked
package io.refdata.persistence.metrics;

import org.jspecify.annotations.NullMarked;
