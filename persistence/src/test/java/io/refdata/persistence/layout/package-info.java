@NullMarked
package io.refdata.persistence.layout;

import org.jspecify.annotations.NullMarked;
