@NullMarked
package io.refdata.persistence.feature;

import org.jspecify.annotations.NullMarked;
